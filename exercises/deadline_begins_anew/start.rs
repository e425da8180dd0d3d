use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

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
    loop {
        tokio::select! {
            Some(job) = jobs.recv() => println!("job {job}"),
            _ = sleep(Duration::from_secs(3)) => break,
        }
    }
    println!("closed");
    people.abort();
}
