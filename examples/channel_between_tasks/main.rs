//! One task makes a value every half second, another takes it as it comes.
//! Watch how the second one learns that there are no more:
//! `cargo run --example channel_between_tasks`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, receiver) = mpsc::channel(10);
    let task1 = tokio::spawn(produce(sender));
    let task2 = tokio::spawn(consume(receiver));
    task1.await.unwrap();
    task2.await.unwrap();
}

async fn produce(sender: mpsc::Sender<u32>) {
    println!("start");
    for i in 0..3 {
        sleep(Duration::from_millis(500)).await;
        sender.send(i).await.unwrap();
    }
}

async fn consume(mut receiver: mpsc::Receiver<u32>) {
    while let Some(i) = receiver.recv().await {
        println!("got {i}");
    }
    println!("no more");
}
// ANCHOR_END: listing
