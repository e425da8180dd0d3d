//! `main` waits for a timer, and is woken when the time has come.
//! Watch who wakes `main`: `cargo run --example woken_by_timer`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("main waits");
    sleep(Duration::from_secs(1)).await;
    println!("main goes on");
}
// ANCHOR_END: listing
