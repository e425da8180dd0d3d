//! `main` awaits an async function directly: a call that waits, and nothing more.
//! Watch when `World` comes: `cargo run --example v1`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    foo().await;
    println!("World");
}

async fn foo() {
    println!("foo");
    sleep(Duration::from_secs(1)).await;
}
// ANCHOR_END: listing
