//! Three functions are awaited together with a `join!` that always polls them
//! in order.
//! Watch who wakes first, against `gather_three`: `cargo run --example gather_three_biased`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::join!(biased; async_sleep(1), async_sleep(2), print_hello());
}

async fn async_sleep(i: u32) {
    println!("Before sleeping... {i}");
    sleep(Duration::from_secs(5)).await;
    println!("After sleeping... {i}");
}

async fn print_hello() {
    println!("Hello world!");
}
// ANCHOR_END: listing
