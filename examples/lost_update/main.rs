//! Three tasks add one to a number, and each awaits between reading and writing
//! it.
//! Watch the sum: `cargo run --example lost_update`
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
    let value = count.load(Relaxed);
    println!("read {value}");
    sleep(Duration::from_millis(500)).await;
    count.store(value + 1, Relaxed);
    println!("wrote {}", value + 1);
}
// ANCHOR_END: listing
