//! Two tasks, one awaited; then `main` sleeps for half a second and returns.
//! Watch for `qux`: `cargo run --example v8`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    let task1 = tokio::spawn(foo("foo", "bar", 1));
    tokio::spawn(foo("baz", "qux", 2));
    task1.await.unwrap();
    sleep(Duration::from_millis(500)).await;
    println!("World");
}

async fn foo(before: &str, after: &str, seconds: u64) {
    println!("{before}");
    sleep(Duration::from_secs(seconds)).await;
    println!("{after}");
}
// ANCHOR_END: listing
