//! One task fetches for two seconds, another counts every half second: a tie at
//! the end.
//! Watch, in several runs, for a `4`: `cargo run --example fetch_and_count`
use timed::println;

// CLASS: seen
// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task1 = tokio::spawn(fetch_data());
    tokio::spawn(print_numbers());
    let value = task1.await.unwrap();
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
