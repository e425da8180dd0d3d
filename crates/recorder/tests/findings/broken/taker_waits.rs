//! Main takes for a while, and then waits for whoever needs it to take more.

use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (give, mut take) = mpsc::channel(1);
    let plan = tokio::spawn(async move {
        for job in 0..9 {
            give.send(job).await.unwrap();
        }
    });
    let work = async {
        while let Some(job) = take.recv().await {
            println!("job {job}");
            sleep(Duration::from_millis(10)).await;
        }
    };
    if timeout(Duration::from_millis(25), work).await.is_err() {
        println!("enough");
    }
    plan.await.unwrap();
}
