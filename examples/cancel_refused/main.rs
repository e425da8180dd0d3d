//! `main` cancels a task that would rather not be.
//! Watch for `bar`: `cargo run --example cancel_refused`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task = tokio::spawn(foo());
    sleep(Duration::from_secs(1)).await;
    task.abort();
    match task.await {
        Ok(()) => println!("finished"),
        Err(_) => println!("cancelled"),
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
        println!("not now");
    }
}
// ANCHOR_END: listing
