//! A resource is closed with an await whatever happens, also when its use
//! fails.
//! Watch when `closed` comes: `cargo run --example closing_needs_await`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    match with_connection(use_it).await {
        Ok(()) => println!("fine"),
        Err(error) => println!("main got: {error}"),
    }
}

async fn with_connection<T>(work: impl AsyncFnOnce() -> T) -> T {
    println!("open");
    let result = work().await;
    sleep(Duration::from_secs(1)).await;
    println!("closed");
    result
}

async fn use_it() -> Result<(), &'static str> {
    println!("in use");
    Err("failed")
}
// ANCHOR_END: listing
