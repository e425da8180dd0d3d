//! Five tasks are spawned and never awaited; `main` just sleeps longer than
//! they do.
//! Watch for the numbers: `cargo run --example five_numbers_not_awaited`
use timed::println;

// ANCHOR: listing
use std::time::{Duration, Instant};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    for i in 0..5 {
        tokio::spawn(print_number(i));
    }
    sleep(Duration::from_millis(1500)).await;
    println!("Total time: {:.1} seconds", start.elapsed().as_secs_f64());
}

async fn print_number(i: u32) {
    println!("Sleeping for 1 second...");
    sleep(Duration::from_secs(1)).await;
    println!("Number: {i}");
}
// ANCHOR_END: listing
