//! An empty set of jobs has its answer at once, again and again, until there is a job.

use futures::stream::{FuturesUnordered, StreamExt};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

static ROUNDS: AtomicU32 = AtomicU32::new(0);

#[tokio::main]
async fn main() {
    let (give, mut take) = mpsc::channel::<u64>(1);
    tokio::spawn(async move {
        while ROUNDS.load(Relaxed) < 200_000 {
            sleep(Duration::from_millis(20)).await;
        }
        give.send(5).await.unwrap();
    });
    let (mut jobs, mut done) = (FuturesUnordered::new(), 0);
    while done == 0 {
        ROUNDS.fetch_add(1, Relaxed);
        tokio::select! {
            Some(ms) = take.recv() => jobs.push(sleep(Duration::from_millis(ms))),
            job = jobs.next() => done += usize::from(job.is_some()),
        }
    }
    println!("{done} job");
}
