//! Three tasks take three, one and two seconds; each result is taken when it is
//! there.
//! Watch the order of the results: `cargo run --example results_as_they_come`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("start");
    let mut tasks = JoinSet::new();
    for seconds in [3, 1, 2] {
        tasks.spawn(wait(seconds));
    }
    while let Some(result) = tasks.join_next().await {
        println!("{}", result.unwrap());
    }
}

async fn wait(seconds: u64) -> String {
    sleep(Duration::from_secs(seconds)).await;
    format!("waited {seconds} s")
}
// ANCHOR_END: listing
