//! `main` awaits its task before it sleeps itself.
//! Watch what the two sleeps come to: `cargo run --example sleep_awaited_first`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task = tokio::spawn(async_sleep(1));
    task.await.unwrap();
    async_sleep(2).await;
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
