//! Three tasks sleep for no time at all, three times each.
//! Watch the order of the rounds, against `yield_in_rounds`:
//! `cargo run --example sleep_zero_in_rounds`
use timed::println;

// CLASS: seen
// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let tasks = ["A", "B", "C"].map(|name| tokio::spawn(rounds(name)));
    for task in tasks {
        task.await.unwrap();
    }
}

async fn rounds(name: &str) {
    for round in 0..3 {
        println!("{name}{round}");
        sleep(Duration::ZERO).await;
    }
}
// ANCHOR_END: listing
