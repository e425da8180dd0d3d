//! A task panics while `main` sleeps, and `main` awaits it afterwards.
//! Watch whether `main` goes on: `cargo run --example panic_in_task`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    let task = tokio::spawn(foo());
    sleep(Duration::from_secs(2)).await;
    println!("World");
    if task.await.is_err_and(|error| error.is_panic()) {
        println!("foo failed");
    }
}

async fn foo() {
    println!("foo");
    sleep(Duration::from_secs(1)).await;
    panic!("boom");
}
// ANCHOR_END: listing
