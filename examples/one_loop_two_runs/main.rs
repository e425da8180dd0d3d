//! A task is spawned while one runtime runs, which then stands still, and runs
//! again.
//! Watch when the task goes on: `cargo run --example one_loop_two_runs`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::time::sleep;

fn main() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(first());
    println!("nobody runs it");
    runtime.block_on(second());
}

async fn first() {
    tokio::spawn(foo());
    sleep(Duration::from_secs(1)).await;
    println!("first: end");
}

async fn foo() {
    println!("foo: start");
    sleep(Duration::from_secs(2)).await;
    println!("foo: end");
}

async fn second() {
    sleep(Duration::from_secs(2)).await;
    println!("second: end");
}
// ANCHOR_END: listing
