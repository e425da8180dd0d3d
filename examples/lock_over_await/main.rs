//! Three tasks add one to a number, and each holds a lock while it reads,
//! awaits and writes.
//! Watch the sum, and what it costs: `cargo run --example lock_over_await`
use timed::println;

// ANCHOR: listing
use futures::future::join_all;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let count = Arc::new(Mutex::new(0));
    join_all((0..3).map(|_| tokio::spawn(add_one(count.clone())))).await;
    println!("3 times one is {}", count.lock().await);
}

async fn add_one(count: Arc<Mutex<u32>>) {
    let mut guard = count.lock().await;
    let value = *guard;
    println!("read {value}");
    sleep(Duration::from_millis(500)).await;
    *guard = value + 1;
    println!("wrote {guard}");
}
// ANCHOR_END: listing
