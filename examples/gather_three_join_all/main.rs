//! A list of three futures is awaited with `join_all`, in one task.
//! Watch who wakes first, against `gather_three`: `cargo run --example gather_three_join_all`
use timed::println;

// ANCHOR: listing
use futures::future::{FutureExt, join_all};
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let list = [async_sleep(1).boxed(), async_sleep(2).boxed(), print_hello().boxed()];
    join_all(list).await;
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
