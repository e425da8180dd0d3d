//! A task panics, and nobody ever awaits it.
//! Watch when its message comes: `cargo run --example panic_never_awaited`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    tokio::spawn(foo());
    sleep(Duration::from_secs(2)).await;
    println!("World");
}

async fn foo() {
    println!("foo");
    sleep(Duration::from_secs(1)).await;
    panic!("boom");
}
// ANCHOR_END: listing
