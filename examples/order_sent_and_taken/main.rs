//! A task on several workers sends an order through a channel, another takes it, and
//! both write that down.
//! Watch which is written first: `cargo run --example order_sent_and_taken`
use timed::println;

// CLASS: seen
// ANCHOR: listing
use std::sync::Arc;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{self, Receiver, Sender};

type Log = Arc<Mutex<Vec<&'static str>>>;

#[tokio::main]
async fn main() {
    let log = Log::default();
    let (orders, inbox) = mpsc::channel(1);
    let shop = tokio::spawn(send(orders, log.clone()));
    let clerk = tokio::spawn(take(inbox, log.clone()));
    shop.await.unwrap();
    clerk.await.unwrap();
    for line in log.lock().await.iter() {
        println!("{line}");
    }
}

async fn send(orders: Sender<u32>, log: Log) {
    orders.send(1).await.unwrap();
    log.lock().await.push("sent");
}

async fn take(mut inbox: Receiver<u32>, log: Log) {
    inbox.recv().await.unwrap();
    log.lock().await.push("taken");
}
// ANCHOR_END: listing
