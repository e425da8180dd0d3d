//! The only worker is aborted; the queue it took from is kept, and fills up.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc};
use tokio::time::sleep;

type Jobs = Arc<Mutex<mpsc::Receiver<u32>>>;

async fn work(jobs: Jobs) {
    while let Some(job) = jobs.lock().await.recv().await {
        println!("job {job}");
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (give, take) = mpsc::channel(2);
    let jobs = Arc::new(Mutex::new(take));
    let worker = tokio::spawn(work(jobs.clone()));
    let plan = tokio::spawn(async move {
        for job in 0..9 {
            give.send(job).await.unwrap();
        }
    });
    sleep(Duration::from_millis(25)).await;
    worker.abort();
    plan.await.unwrap();
}
