//! It is told to stop after 30 ms, and looks at that when no parcel has come for a while.

use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (give, mut take) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        for parcel in 0..100 {
            give.send(parcel).unwrap();
            sleep(Duration::from_millis(2)).await;
        }
    });
    let (stop, mut stopped) = oneshot::channel::<&str>();
    tokio::spawn(async move {
        sleep(Duration::from_millis(30)).await;
        stop.send("go home").unwrap();
    });
    let mut carried = 0;
    let why = loop {
        tokio::select! {
            biased;
            Some(_) = take.recv() => sleep(Duration::from_millis(3)).await,
            why = &mut stopped => break why.unwrap(),
        }
        carried += 1;
    };
    println!("{why}, after {carried}");
}
