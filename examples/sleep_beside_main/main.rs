//! `main` sleeps beside its task, and awaits the task after that.
//! Watch who sleeps first: `cargo run --example sleep_beside_main`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task = tokio::spawn(async_sleep(1));
    async_sleep(2).await;
    task.await.unwrap();
    print_hello().await;
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
