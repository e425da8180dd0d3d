//! What was there when it was told to stop is worked off first: as it is meant to be.

use std::time::Duration;
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (give, mut take) = mpsc::unbounded_channel();
    let (call, mut calls) = broadcast::channel(64);
    for parcel in 0..50 {
        give.send(parcel).unwrap();
        call.send(parcel).unwrap();
    }
    let (stop, mut stopped) = oneshot::channel::<&str>();
    tokio::spawn(async move {
        sleep(Duration::from_millis(30)).await;
        give.send(50).unwrap();
        stop.send("go home").unwrap();
    });
    let mut carried = 0;
    let why = loop {
        tokio::select! {
            biased;
            Some(_) = take.recv() => sleep(Duration::from_millis(3)).await,
            Ok(_) = calls.recv() => sleep(Duration::from_millis(3)).await,
            why = &mut stopped => break why.unwrap(),
        }
        carried += 1;
    };
    println!("{why}, after {carried}");
}
