//! `main` awaits a task of ten seconds, then sleeps for one itself.
//! Watch when `World` comes: `cargo run --example v6`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    let task = tokio::spawn(foo());
    task.await.unwrap();
    sleep(Duration::from_secs(1)).await;
    println!("World");
}

async fn foo() {
    println!("foo");
    sleep(Duration::from_secs(10)).await;
    println!("bar");
}
// ANCHOR_END: listing
