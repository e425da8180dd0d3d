//! Three tasks are spawned, and their handles are awaited with `join!`.
//! Watch who wakes first, against `gather_three`: `cargo run --example gather_three_spawned`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task1 = tokio::spawn(async_sleep(1));
    let task2 = tokio::spawn(async_sleep(2));
    let task3 = tokio::spawn(print_hello());
    let (result1, result2, result3) = tokio::join!(task1, task2, task3);
    result1.and(result2).and(result3).unwrap();
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
