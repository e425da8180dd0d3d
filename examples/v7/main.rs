//! `main` awaits a task of one second, then sleeps for ten itself.
//! Watch when `World` comes, against `v6`: `cargo run --example v7`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    let task = tokio::spawn(foo());
    task.await.unwrap();
    sleep(Duration::from_secs(10)).await;
    println!("World");
}

async fn foo() {
    println!("foo");
    sleep(Duration::from_secs(1)).await;
    println!("bar");
}
// ANCHOR_END: listing
