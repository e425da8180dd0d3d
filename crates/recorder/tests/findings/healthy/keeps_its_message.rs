use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{interval, sleep, timeout};

async fn work(jobs: &mut mpsc::Receiver<u32>) {
    while let Some(job) = jobs.recv().await {
        sleep(Duration::from_millis(30)).await;
        println!("done {job}");
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut jobs) = mpsc::channel(8);
    let sends = tokio::spawn(async move {
        for n in 0..12 {
            tx.send(n).await.unwrap();
            sleep(Duration::from_millis(35)).await;
        }
    });
    let mut beat = interval(Duration::from_millis(50));
    for _ in 0..4 {
        tokio::select! {
            job = jobs.recv() => sleep(Duration::from_millis(job.map_or(0, u64::from))).await,
            _ = beat.tick() => println!("beat"),
        }
    }
    if let Ok(Some(job)) = timeout(Duration::from_millis(60), jobs.recv()).await {
        println!("in time: {job}");
    }
    // The last one may be half done when it has to stop, and nobody goes on.
    tokio::select! {
        () = work(&mut jobs) => {}
        () = sleep(Duration::from_millis(100)) => println!("stop"),
    }
    sends.abort();
}
