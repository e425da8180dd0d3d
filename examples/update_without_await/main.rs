//! Three tasks add one to a number after a sleep, with no await between reading
//! and writing.
//! Watch the sum: `cargo run --example update_without_await`
use timed::println;

// ANCHOR: listing
use futures::future::join_all;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let count = Arc::new(AtomicU32::new(0));
    join_all((0..3).map(|_| tokio::spawn(add_one(count.clone())))).await;
    println!("3 times one is {}", count.load(Relaxed));
}

async fn add_one(count: Arc<AtomicU32>) {
    println!("sleeping");
    sleep(Duration::from_millis(500)).await;
    let value = count.load(Relaxed);
    println!("read {value}");
    count.store(value + 1, Relaxed);
    println!("wrote {}", value + 1);
}
// ANCHOR_END: listing
