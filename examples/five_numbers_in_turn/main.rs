//! One task awaits five calls in a loop, one after the other.
//! Watch when each call starts: `cargo run --example five_numbers_in_turn`
use timed::println;

// ANCHOR: listing
use std::time::{Duration, Instant};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    for i in 0..5 {
        print_number(i).await;
    }
    println!("Total time: {:.0} seconds", start.elapsed().as_secs_f64());
}

async fn print_number(i: u32) {
    println!("Sleeping for 1 second...");
    sleep(Duration::from_secs(1)).await;
    println!("Number: {i}");
}
// ANCHOR_END: listing
