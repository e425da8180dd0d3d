//! A fetch that fails is tried again later, and the worker does not wait for it.
//! Watch who closes the queue: `cargo run --example jobs_tried_again`
use timed::println;

// ANCHOR: listing
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc};
use tokio::time::sleep;

#[derive(Clone, Copy)]
struct Job {
    name: &'static str,
    seconds: u64,
    attempt: u64,
}

struct ConnectionLost;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (jobs, queue) = mpsc::channel(8);
    let all = [("index", 2), ("users", 1), ("prices", 3)];
    for (name, seconds) in all {
        jobs.send(Job { name, seconds, attempt: 1 }).await.unwrap();
    }
    let (sender, mut results) = mpsc::channel(1);
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..2 {
        tokio::spawn(work(queue.clone(), sender.clone()));
    }
    let mut left = all.len();
    while left > 0 {
        let (job, result) = results.recv().await.unwrap();
        let Job { name, attempt, .. } = job;
        match result {
            Ok(length) => println!("{name}: {length}, attempt {attempt}"),
            Err(ConnectionLost) if attempt == 3 => println!("{name}: given up"),
            Err(ConnectionLost) => {
                println!("{name}: again in {attempt} s");
                tokio::spawn(later(jobs.clone(), job));
                continue;
            }
        }
        left -= 1;
    }
}

async fn later(jobs: mpsc::Sender<Job>, mut job: Job) {
    sleep(Duration::from_secs(job.attempt)).await;
    job.attempt += 1;
    let _ = jobs.send(job).await;
}

type Results = mpsc::Sender<(Job, Result<u64, ConnectionLost>)>;

async fn work(queue: Arc<Mutex<mpsc::Receiver<Job>>>, results: Results) {
    loop {
        let next = queue.lock().await.recv().await;
        let Some(job) = next else { return };
        if results.send((job, fetch(job).await)).await.is_err() {
            return;
        }
    }
}

async fn fetch(job: Job) -> Result<u64, ConnectionLost> {
    sleep(Duration::from_secs(job.seconds)).await;
    match job.name {
        "users" if job.attempt < 3 => Err(ConnectionLost),
        _ => Ok(100 * job.seconds),
    }
}
// ANCHOR_END: listing
