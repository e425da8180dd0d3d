//! Three waits of 0.6, 0.9 and 1.2 s, each in a task.
//! Watch how long it takes in all: `cargo run --example waiting_in_tasks`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("start");
    let tasks = [600, 900, 1200].map(|ms| tokio::spawn(wait(ms)));
    for task in tasks {
        println!("waited {} ms", task.await.unwrap());
    }
}

async fn wait(ms: u64) -> u64 {
    sleep(Duration::from_millis(ms)).await;
    ms
}
// ANCHOR_END: listing
