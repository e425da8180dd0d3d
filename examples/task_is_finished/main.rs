//! `main` looks at two tasks from outside: one finishes, one is cancelled.
//! Watch what it sees right after the cancelling: `cargo run --example task_is_finished`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::task::{JoinHandle, yield_now};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task = tokio::spawn(sleep(Duration::from_secs(1)));
    println!("just spawned: {}", state(&task));
    sleep(Duration::from_millis(500)).await;
    println!("half way: {}", state(&task));
    sleep(Duration::from_secs(1)).await;
    println!("later: {}", state(&task));

    let task = tokio::spawn(sleep(Duration::from_secs(10)));
    sleep(Duration::from_millis(500)).await;
    task.abort();
    println!("just cancelled: {}", state(&task));
    yield_now().await;
    println!("one round later: {}", state(&task));
}

fn state(task: &JoinHandle<()>) -> &str {
    if task.is_finished() { "finished" } else { "not finished" }
}
// ANCHOR_END: listing
