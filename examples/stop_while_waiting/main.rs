//! A worker waits for jobs and for the word to stop, and takes what is left.
//! Watch the last job: `cargo run --example stop_while_waiting`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (jobs, queue) = mpsc::channel(8);
    let (stop, stopped) = oneshot::channel();
    let worker = tokio::spawn(work(queue, stopped));
    for job in ["first", "second", "third"] {
        jobs.send(job).await.unwrap();
    }
    sleep(Duration::from_millis(1500)).await;
    let _ = stop.send(()); // It may have ended.
    worker.await.unwrap();
    println!("sent: {:?}", jobs.send("fourth").await);
}

async fn work(mut queue: mpsc::Receiver<&'static str>, mut stopped: oneshot::Receiver<()>) {
    loop {
        tokio::select! {
            biased;
            _ = &mut stopped => break,
            Some(job) = queue.recv() => {
                sleep(Duration::from_secs(1)).await;
                println!("{job} is done");
            }
        }
    }
    queue.close();
    while let Some(job) = queue.recv().await {
        println!("{job} is given back");
    }
}
// ANCHOR_END: listing
