//! Two tasks sleep for a second each, and `main` awaits both.
//! Watch how long it takes in all: `cargo run --example v4`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    let task1 = tokio::spawn(foo("foo", "bar"));
    let task2 = tokio::spawn(foo("baz", "qux"));
    task1.await.unwrap();
    task2.await.unwrap();
    println!("World");
}

async fn foo(before: &str, after: &str) {
    println!("{before}");
    sleep(Duration::from_secs(1)).await;
    println!("{after}");
}
// ANCHOR_END: listing
