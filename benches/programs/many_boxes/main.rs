//! The floor below `many_sleepers`: memory for as many sleeps, and one sleep.
//! `cargo run --release --example many_boxes -- 1000000`

// ANCHOR: listing
use std::env::args;
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let n = args().nth(1).map_or(10, |n| n.parse().expect("a number of boxes"));

    let second = Duration::from_secs(1);
    let sleeps: Vec<_> = (0..n).map(|_| Box::new(sleep(second))).collect();
    sleep(second).await;
    println!("{} boxes, and one sleep", sleeps.len());
}
// ANCHOR_END: listing
