//! `main` awaits a finished task and a function that never waits, while another
//! task is ready.
//! Watch when `bar` comes: `cargo run --example await_without_a_switch`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let foo_task = tokio::spawn(foo());
    sleep(Duration::from_secs(1)).await;
    let bar_task = tokio::spawn(bar());
    println!("foo returned {}", foo_task.await.unwrap());
    println!("answer returned {}", answer().await);
    println!("still main");
    bar_task.await.unwrap();
}

async fn foo() -> u32 {
    println!("foo");
    1
}

async fn answer() -> u32 {
    42
}

async fn bar() {
    println!("bar");
}
// ANCHOR_END: listing
