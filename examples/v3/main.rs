//! `main` spawns a task and awaits its handle before it goes on.
//! Watch for `bar`: `cargo run --example v3`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    let task = tokio::spawn(foo());
    task.await.unwrap();
    println!("World");
}

async fn foo() {
    println!("foo");
    sleep(Duration::from_secs(1)).await;
    println!("bar");
}
// ANCHOR_END: listing
