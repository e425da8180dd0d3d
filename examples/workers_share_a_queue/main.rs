//! Two workers take jobs from one queue, each the next one that is there.
//! Watch who gets which job: `cargo run --example workers_share_a_queue`
use timed::println;

// ANCHOR: listing
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc};
use tokio::time::sleep;

type Jobs = Arc<Mutex<mpsc::UnboundedReceiver<u64>>>;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, receiver) = mpsc::unbounded_channel();
    for seconds in [4, 1, 2, 2] {
        sender.send(seconds).unwrap();
    }
    drop(sender);
    let jobs = Arc::new(Mutex::new(receiver));
    tokio::join!(worker("A", jobs.clone()), worker("B", jobs));
}

async fn worker(name: &str, jobs: Jobs) {
    while let Some(seconds) = next(&jobs).await {
        println!("{name} works for {seconds} s");
        sleep(Duration::from_secs(seconds)).await;
    }
    println!("{name} is done");
}

async fn next(jobs: &Jobs) -> Option<u64> {
    jobs.lock().await.recv().await
}
// ANCHOR_END: listing
