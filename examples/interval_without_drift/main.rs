//! Two tasks do 0.3 s of work each second: one sleeps in between, one keeps to
//! an interval.
//! Watch who falls behind: `cargo run --example interval_without_drift`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::{interval, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::join!(sleeping(), keeping());
}

async fn sleeping() {
    for i in 0..3 {
        println!("sleeping {i}");
        work().await;
        sleep(Duration::from_secs(1)).await;
    }
}

async fn keeping() {
    let mut ticks = interval(Duration::from_secs(1));
    for i in 0..3 {
        ticks.tick().await;
        println!("keeping {i}");
        work().await;
    }
}

async fn work() {
    sleep(Duration::from_millis(300)).await;
}
// ANCHOR_END: listing
