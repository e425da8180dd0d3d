//! `main` returns while its task sleeps, and the task has something to clean
//! up.
//! Watch when the program ends: `cargo run --example end_waits_for_cleanup`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    tokio::spawn(foo());
    sleep(Duration::from_secs(1)).await;
    println!("World");
}

async fn foo() {
    let _guard = Guard;
    println!("foo");
    sleep(Duration::from_secs(10)).await;
    println!("bar");
}

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        println!("cleaning up");
    }
}
// ANCHOR_END: listing
