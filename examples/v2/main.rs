//! `main` spawns a task, never awaits anything, and returns.
//! Watch for `foo`: `cargo run --example v2`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    tokio::spawn(foo());
    println!("World");
}

async fn foo() {
    println!("foo");
    sleep(Duration::from_secs(1)).await;
    println!("bar");
}
// ANCHOR_END: listing
