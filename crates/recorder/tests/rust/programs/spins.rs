//! Waits for a time in a loop, instead of sleeping.
use std::time::{Duration, Instant};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(20) {}
    println!("it is time");
}
