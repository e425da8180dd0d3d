//! `main` waits for a task, and is woken when the task is done.
//! Watch who wakes `main`: `cargo run --example woken_by_task`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task = tokio::spawn(foo());
    println!("main waits");
    println!("main got {}", task.await.unwrap());
}

async fn foo() -> u32 {
    sleep(Duration::from_secs(1)).await;
    println!("foo is done");
    42
}
// ANCHOR_END: listing
