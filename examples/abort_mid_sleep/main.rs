//! `main` cancels a task that sleeps, and awaits it.
//! Watch when it is cleaned up: `cargo run --example abort_mid_sleep`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task = tokio::spawn(foo());
    sleep(Duration::from_secs(1)).await;
    task.abort();
    println!("main goes on");
    if task.await.is_err_and(|error| error.is_cancelled()) {
        println!("foo was cancelled");
    }
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
        println!("cleaned up");
    }
}
// ANCHOR_END: listing
