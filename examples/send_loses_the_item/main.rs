//! A sender that has no time to wait for room drops what it was sending.
//! Watch for the second value: `cargo run --example send_loses_the_item`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, receiver) = mpsc::channel(1);
    let consumer = tokio::spawn(consume(receiver));
    for value in ["one", "two", "three"].map(String::from) {
        let soon = Duration::from_millis(600);
        if timeout(soon, sender.send(value)).await.is_err() {
            println!("no room");
        }
    }
    drop(sender);
    consumer.await.unwrap();
}

async fn consume(mut receiver: mpsc::Receiver<String>) {
    sleep(Duration::from_secs(1)).await;
    while let Some(value) = receiver.recv().await {
        println!("got {value}");
    }
}
// ANCHOR_END: listing
