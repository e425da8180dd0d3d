//! Jobs come from outside until somebody says stop; what was begun is finished.
//! Watch the job that takes five seconds: `cargo run --example jobs_until_stopped`
use timed::println;

// ANCHOR: listing
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

type Queue = Arc<Mutex<mpsc::Receiver<(u32, u64)>>>;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (jobs, queue) = mpsc::channel(2);
    let queue = Arc::new(Mutex::new(queue));
    let (stop, stopping) = watch::channel(false);
    let source = tokio::spawn(bring(jobs));
    let mut workers = JoinSet::new();
    for name in ["A", "B"] {
        workers.spawn(work(name, queue.clone(), stopping.clone()));
    }
    sleep(Duration::from_millis(2500)).await;
    println!("stop");
    stop.send_replace(true);
    source.abort();
    let all = async { while workers.join_next().await.is_some() {} };
    let _ = timeout(Duration::from_secs(1), all).await;
    let late = workers.len();
    workers.shutdown().await;
    println!("aborted: {late}");
    let mut left = 0;
    while queue.lock().await.recv().await.is_some() {
        left += 1;
    }
    println!("never begun: {left}");
}

async fn bring(jobs: mpsc::Sender<(u32, u64)>) {
    for (number, seconds) in (1..).zip([1, 3, 1, 5, 1, 1, 1, 1]) {
        jobs.send((number, seconds)).await.unwrap();
    }
}

async fn work(name: &'static str, queue: Queue, stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        let next = queue.lock().await.recv().await;
        let Some((number, seconds)) = next else { return };
        println!("{name} begins {number}");
        sleep(Duration::from_secs(seconds)).await;
        println!("{name} has done {number}");
    }
}
// ANCHOR_END: listing
