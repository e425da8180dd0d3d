//! It serves for a second: a server waits for the next one when its time is up.

use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (requests, mut asked) = mpsc::channel(4);
    let (level, mut levels) = watch::channel(0);
    let serve = tokio::spawn(async move {
        while let Some(request) = asked.recv().await {
            println!("asked for {request}");
        }
    });
    let follow = tokio::spawn(async move {
        loop {
            levels.changed().await.unwrap();
            println!("now at {}", *levels.borrow_and_update());
        }
    });
    requests.send("bread").await.unwrap();
    level.send(3).unwrap();
    let both = async { (serve.await, follow.await) };
    assert!(timeout(Duration::from_secs(1), both).await.is_err());
    println!("closed");
}
