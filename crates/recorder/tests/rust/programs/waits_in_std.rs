//! Main holds its thread in a call of std's, until a task on another thread of
//! the runtime has something for it: with a limit, and without.

use std::sync::mpsc;
use std::time::Duration;

use tokio::time::sleep;

fn later(text: &'static str) -> mpsc::Receiver<&'static str> {
    let (tx, rx) = mpsc::channel();
    tokio::spawn(async move {
        sleep(Duration::from_millis(20)).await;
        tx.send(text).unwrap();
    });
    rx
}

#[tokio::main]
async fn main() {
    println!("{:?}", later("in time").recv_timeout(Duration::from_secs(20)));
    println!("{:?}", later("at last").recv());
}
