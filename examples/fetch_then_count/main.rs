//! The counting task is spawned after the fetched value is there.
//! Watch for `0`: `cargo run --example fetch_then_count`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task1 = tokio::spawn(fetch_data());
    let value = task1.await.unwrap();
    tokio::spawn(print_numbers());
    println!("{value}");
}

async fn fetch_data() -> &'static str {
    println!("start fetching");
    sleep(Duration::from_secs(2)).await;
    println!("done fetching");
    "{'data': 1}"
}

async fn print_numbers() {
    for i in 0..10 {
        println!("{i}");
        sleep(Duration::from_millis(500)).await;
    }
}
// ANCHOR_END: listing
