//! `main` spawns a task, yields once, and returns.
//! Watch for `foo`, against `v2`: `cargo run --example yield_before_return`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::task::yield_now;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    tokio::spawn(foo());
    yield_now().await;
    println!("World");
}

async fn foo() {
    println!("foo");
    sleep(Duration::from_secs(1)).await;
    println!("bar");
}
// ANCHOR_END: listing
