//! Three tasks are spawned into a `JoinSet` and awaited all together.
//! Watch who wakes first, against `gather_three`: `cargo run --example gather_three_join_set`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut tasks = JoinSet::new();
    tasks.spawn(async_sleep(1));
    tasks.spawn(async_sleep(2));
    tasks.spawn(print_hello());
    tasks.join_all().await;
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
