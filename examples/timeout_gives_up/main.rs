//! `main` waits for two seconds of sleep, but for no longer than one.
//! Watch for `bar`: `cargo run --example timeout_gives_up`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    match timeout(Duration::from_secs(1), foo()).await {
        Ok(()) => println!("in time"),
        Err(_) => println!("too late"),
    }
    sleep(Duration::from_secs(2)).await;
    println!("World");
}

async fn foo() {
    println!("foo");
    sleep(Duration::from_secs(2)).await;
    println!("bar");
}
// ANCHOR_END: listing
