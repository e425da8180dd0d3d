use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{interval, sleep};

async fn next_job(jobs: &mut mpsc::Receiver<u32>) -> Option<u32> {
    let job = jobs.recv().await?;
    sleep(Duration::from_millis(30)).await;
    Some(job)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut jobs) = mpsc::channel(8);
    tokio::spawn(async move {
        for n in 0..6 {
            tx.send(n).await.unwrap();
            sleep(Duration::from_millis(35)).await;
        }
    });
    let mut beat = interval(Duration::from_millis(50));
    loop {
        tokio::select! {
            job = next_job(&mut jobs) => match job {
                Some(job) => println!("stored {job}"),
                None => break,
            },
            _ = beat.tick() => println!("beat"),
        }
    }
}
