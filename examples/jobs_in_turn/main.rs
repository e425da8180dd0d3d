//! Five pages are fetched, one after the other.
//! Watch the time at the end: `cargo run --example jobs_in_turn`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

const JOBS: [(&str, u64); 5] =
    [("index", 2), ("users", 1), ("prices", 3), ("orders", 1), ("news", 2)];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut total = 0;
    for (name, seconds) in JOBS {
        total += fetch(name, seconds).await;
    }
    println!("in all: {total}");
}

async fn fetch(name: &str, seconds: u64) -> u64 {
    sleep(Duration::from_secs(seconds)).await;
    println!("{name}");
    100 * seconds
}
// ANCHOR_END: listing
