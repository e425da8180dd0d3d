//! The handle of one task is dropped, and the set that another belongs to.
//! Watch which one goes on: `cargo run --example dropped_handle_dropped_set`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task = tokio::spawn(foo("foo"));
    let mut set = JoinSet::new();
    set.spawn(foo("bar"));
    sleep(Duration::from_secs(1)).await;
    drop(task);
    drop(set);
    println!("both dropped");
    sleep(Duration::from_secs(2)).await;
}

async fn foo(name: &str) {
    println!("{name}");
    sleep(Duration::from_secs(2)).await;
    println!("{name} is done");
}
// ANCHOR_END: listing
