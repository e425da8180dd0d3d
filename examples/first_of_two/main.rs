//! Two functions race, one second against two, and the loser is cancelled.
//! Watch for `bar is done`: `cargo run --example first_of_two`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    let winner = tokio::select! {
        name = foo("foo", 1) => name,
        name = foo("bar", 2) => name,
    };
    println!("{winner} wins");
    sleep(Duration::from_secs(2)).await;
    println!("World");
}

async fn foo(name: &str, seconds: u64) -> &str {
    sleep(Duration::from_secs(seconds)).await;
    println!("{name} is done");
    name
}
// ANCHOR_END: listing
