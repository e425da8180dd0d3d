//! Five fetches, two at a time, all of them in one task.
//! Watch when each one begins: `cargo run --example fan_out_buffered`
use timed::println;

// ANCHOR: listing
use futures::stream::{self, StreamExt};
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut pages = stream::iter([4, 1, 1, 3, 2]).map(fetch).buffer_unordered(2);
    while let Some(page) = pages.next().await {
        println!("got the page of {page} s");
    }
}

async fn fetch(seconds: u64) -> u64 {
    println!("begin {seconds} s");
    sleep(Duration::from_secs(seconds)).await;
    seconds
}
// ANCHOR_END: listing
