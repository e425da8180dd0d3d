//! Orders come first, and it tidies up when there are none: late at first, and nothing
//! is lost by that.

use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (give, mut orders) = mpsc::unbounded_channel();
    (0..50).for_each(|order| give.send(order).unwrap());
    let mut pause = Box::pin(sleep(Duration::from_millis(20)));
    let (mut served, mut tidied) = (0, 0);
    while tidied < 2 {
        tokio::select! {
            biased;
            Some(_) = orders.recv() => {
                sleep(Duration::from_millis(3)).await;
                served += 1;
            }
            _ = &mut pause => {
                pause.as_mut().reset(Instant::now() + Duration::from_millis(20));
                tidied += 1;
            }
        }
    }
    println!("{served} served, {tidied} times tidied up");
}
