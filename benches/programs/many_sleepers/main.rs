//! Spawns as many tasks as you say and lets each sleep for a second.
//! Watch the memory: `cargo run --release --example many_sleepers -- 1000000`

// ANCHOR: listing
use std::env::args;
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let n = args().nth(1).map_or(10, |n| n.parse().expect("a number of tasks"));

    let mut tasks = Vec::new();
    for _ in 0..n {
        tasks.push(tokio::spawn(sleep(Duration::from_secs(1))));
    }
    for task in tasks {
        task.await.unwrap();
    }
    println!("{n} tasks have slept");
}
// ANCHOR_END: listing
