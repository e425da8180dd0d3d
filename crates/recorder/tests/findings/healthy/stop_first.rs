//! Whether it is to stop is looked at first; and a branch that is off waits for its time.

use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (give, mut take) = mpsc::unbounded_channel();
    (0..100).for_each(|parcel| give.send(parcel).unwrap());
    let (stop, mut stopped) = oneshot::channel::<&str>();
    let (bonus, mut extra) = oneshot::channel::<u32>();
    bonus.send(5).unwrap();
    tokio::spawn(async move {
        sleep(Duration::from_millis(60)).await;
        stop.send("go home").unwrap();
        drop(give);
    });
    let (mut carried, mut waits) = (0, true);
    let why = loop {
        tokio::select! {
            biased;
            why = &mut stopped => break why.unwrap(),
            more = &mut extra, if waits && carried >= 15 => {
                carried += more.unwrap();
                waits = false;
            }
            Some(_) = take.recv() => sleep(Duration::from_millis(3)).await,
        }
        carried += 1;
    };
    println!("{why}, after {carried}");
}
