//! `main` waits for a task for no longer than a second, and the task goes on.
//! Watch for `bar`, against `timeout_gives_up`: `cargo run --example timeout_spares_the_task`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut task = tokio::spawn(foo());
    match timeout(Duration::from_secs(1), &mut task).await {
        Ok(result) => result.unwrap(),
        Err(_) => println!("too late"),
    }
    task.await.unwrap();
    println!("World");
}

async fn foo() {
    println!("foo");
    sleep(Duration::from_secs(2)).await;
    println!("bar");
}
// ANCHOR_END: listing
