//! A task returns an error, and nobody ever awaits it.
//! Watch for `boom`: `cargo run --example error_never_awaited`
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

async fn foo() -> Result<(), &'static str> {
    println!("foo");
    sleep(Duration::from_secs(1)).await;
    Err("boom")
}
// ANCHOR_END: listing
