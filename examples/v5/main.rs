//! `main` sleeps for a second, its task for ten, and nobody awaits the task.
//! Watch for `bar`: `cargo run --example v5`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    tokio::spawn(foo());
    sleep(Duration::from_secs(1)).await;
    println!("World");
}

async fn foo() {
    println!("foo");
    sleep(Duration::from_secs(10)).await;
    println!("bar");
}
// ANCHOR_END: listing
