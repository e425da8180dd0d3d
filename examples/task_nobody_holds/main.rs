//! A task waits for what nobody can bring about, and nobody holds the task.
//! Watch when it is gone: `cargo run --example task_nobody_holds`
use timed::println;

// ANCHOR: listing
use std::future::pending;
use tokio::task::yield_now;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    tokio::spawn(foo());
    yield_now().await;
    println!("World");
}

async fn foo() {
    let _guard = Guard;
    println!("foo");
    pending().await
}

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        println!("foo is gone");
    }
}
// ANCHOR_END: listing
