use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, mut jobs) = mpsc::channel(8);
    let people = tokio::spawn(async move {
        for job in 1..=5 {
            sleep(Duration::from_millis(1100)).await;
            let _ = sender.send(job).await;
        }
        sender.closed().await;
    });
    let taking = async {
        while let Some(job) = jobs.recv().await {
            println!("job {job}");
        }
    };
    let _ = timeout(Duration::from_secs(3), taking).await;
    println!("closed");
    people.abort();
}
