//! Three walkers of different speed wait for each other twice.
//! Watch who comes last: `cargo run --example barrier_meets`
use timed::println;

// ANCHOR: listing
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let meeting = Arc::new(Barrier::new(3));
    let mut walkers = JoinSet::new();
    for seconds in [3, 1, 2] {
        walkers.spawn(walk(seconds, meeting.clone()));
    }
    while walkers.join_next().await.is_some() {}
}

async fn walk(seconds: u64, meeting: Arc<Barrier>) {
    for stage in ["the bridge", "the inn"] {
        sleep(Duration::from_secs(seconds)).await;
        if meeting.wait().await.is_leader() {
            println!("all are at {stage}");
        }
    }
}
// ANCHOR_END: listing
