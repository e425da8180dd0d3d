//! A task makes values as fast as it can, and the one that takes them needs a
//! second for each.
//! Watch when each value is sent: `cargo run --example back_pressure`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, receiver) = mpsc::channel(1);
    let task1 = tokio::spawn(produce(sender));
    let task2 = tokio::spawn(consume(receiver));
    task1.await.unwrap();
    task2.await.unwrap();
}

async fn produce(sender: mpsc::Sender<u32>) {
    for i in 0..4 {
        sender.send(i).await.unwrap();
        println!("sent {i}");
    }
}

async fn consume(mut receiver: mpsc::Receiver<u32>) {
    while let Some(i) = receiver.recv().await {
        println!("got {i}");
        sleep(Duration::from_secs(1)).await;
    }
}
// ANCHOR_END: listing
