//! `main` spawns a task and then awaits only what does not suspend.
//! Watch for `Before sleeping... 1`: `cargo run --example sleep_never_started`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(async_sleep(1));
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
