//! A sender asks for room first, and still has its value when there is none.
//! Watch for the second value: `cargo run --example reserve_keeps_the_item`
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
        loop {
            let soon = Duration::from_millis(600);
            match timeout(soon, sender.reserve()).await {
                Ok(room) => break room.unwrap().send(value),
                Err(_) => println!("no room for {value}"),
            }
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
