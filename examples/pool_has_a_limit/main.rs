//! Four blocking calls go to a pool that has two threads.
//! Watch when the third is done: `cargo run --example pool_has_a_limit`
use timed::println;

// ANCHOR: listing
use futures::future::join_all;
use std::thread::sleep;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::task::spawn_blocking;

fn main() {
    let runtime = Builder::new_current_thread().max_blocking_threads(2).build().unwrap();
    runtime.block_on(four_calls());
}

async fn four_calls() {
    println!("start");
    let mut calls = Vec::new();
    for i in 0..4 {
        calls.push(spawn_blocking(move || work(i)));
    }
    join_all(calls).await;
}

fn work(i: u64) {
    sleep(Duration::from_millis(500 + 100 * i));
    println!("call {i} is done");
}
// ANCHOR_END: listing
