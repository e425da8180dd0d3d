//! Five tasks are spawned and then awaited all together.
//! Watch what the five seconds of sleep come to: `cargo run --example five_numbers`
use timed::println;

// ANCHOR: listing
use futures::future::join_all;
use std::time::{Duration, Instant};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let mut tasks = Vec::new();
    for i in 0..5 {
        let task = tokio::spawn(print_number(i));
        tasks.push(task);
    }
    join_all(tasks).await;
    println!("Total time: {:.0} seconds", start.elapsed().as_secs_f64());
}

async fn print_number(i: u32) {
    println!("Sleeping for 1 second...");
    sleep(Duration::from_secs(1)).await;
    println!("Number: {i}");
}
// ANCHOR_END: listing
