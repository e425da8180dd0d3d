//! One task takes three hundred messages that are all there; another waits for
//! its turn.
//! Watch when it gets it: `cargo run --example budget_runs_out`
use timed::println;

// ANCHOR: listing
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use tokio::sync::mpsc;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, receiver) = mpsc::unbounded_channel();
    for i in 0..300 {
        sender.send(i).unwrap();
    }
    drop(sender);
    let taken = Arc::new(AtomicU32::new(0));
    let task1 = tokio::spawn(take_all(receiver, taken.clone()));
    let task2 = tokio::spawn(look(taken));
    task1.await.unwrap();
    task2.await.unwrap();
}

async fn take_all(mut receiver: mpsc::UnboundedReceiver<u32>, taken: Arc<AtomicU32>) {
    while receiver.recv().await.is_some() {
        taken.fetch_add(1, Relaxed);
    }
}

async fn look(taken: Arc<AtomicU32>) {
    println!("my turn after {} messages", taken.load(Relaxed));
}
// ANCHOR_END: listing
