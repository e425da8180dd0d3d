//! Five pages are fetched by two workers, who send back what they have got.
//! Watch who is done when: `cargo run --example jobs_by_workers`
use timed::println;

// ANCHOR: listing
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc};
use tokio::time::sleep;

const JOBS: [(&str, u64); 5] =
    [("index", 2), ("users", 1), ("prices", 3), ("orders", 1), ("news", 2)];

type Queue = Arc<Mutex<mpsc::Receiver<(&'static str, u64)>>>;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (jobs, queue) = mpsc::channel(JOBS.len());
    for job in JOBS {
        jobs.send(job).await.unwrap();
    }
    drop(jobs);
    let (sender, mut results) = mpsc::channel(1);
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..2 {
        tokio::spawn(work(queue.clone(), sender.clone()));
    }
    drop(sender);
    let mut total = 0;
    while let Some(length) = results.recv().await {
        total += length;
    }
    println!("in all: {total}");
}

async fn work(queue: Queue, results: mpsc::Sender<u64>) {
    loop {
        let next = queue.lock().await.recv().await;
        let Some((name, seconds)) = next else { return };
        let length = fetch(name, seconds).await;
        if results.send(length).await.is_err() {
            return;
        }
    }
}

async fn fetch(name: &str, seconds: u64) -> u64 {
    sleep(Duration::from_secs(seconds)).await;
    println!("{name}");
    100 * seconds
}
// ANCHOR_END: listing
