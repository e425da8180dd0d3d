//! Two tasks race, one second against two, and the loser goes on.
//! Watch for `bar is done`: `cargo run --example first_of_two_tasks`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    let task1 = tokio::spawn(foo("foo", 1));
    let task2 = tokio::spawn(foo("bar", 2));
    let winner = tokio::select! {
        name = task1 => name.unwrap(),
        name = task2 => name.unwrap(),
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
