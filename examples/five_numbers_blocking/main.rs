//! Five tasks are spawned and awaited all together, but each blocks the thread
//! as it sleeps.
//! Watch when the second task starts: `cargo run --example five_numbers_blocking`
use timed::println;

// ANCHOR: listing
use futures::future::join_all;
use std::thread::sleep;
use std::time::{Duration, Instant};

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
    sleep(Duration::from_secs(1));
    println!("Number: {i}");
}
// ANCHOR_END: listing
