//! Five tasks need a second each, and a semaphore lets two of them in at a
//! time.
//! Watch when each one starts: `cargo run --example two_at_a_time`
use timed::println;

// ANCHOR: listing
use futures::future::join_all;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let semaphore = Arc::new(Semaphore::new(2));
    join_all((0..5).map(|i| tokio::spawn(work(i, semaphore.clone())))).await;
}

async fn work(i: u32, semaphore: Arc<Semaphore>) {
    let _permit = semaphore.acquire().await.unwrap();
    println!("{i} starts");
    sleep(Duration::from_secs(1)).await;
    println!("{i} is done");
}
// ANCHOR_END: listing
