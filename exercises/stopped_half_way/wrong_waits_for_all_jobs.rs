use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let worker = tokio::spawn(work());
    sleep(Duration::from_millis(1500)).await;
    worker.await.unwrap();
    println!("stopped");
}

async fn work() {
    for job in 1..=4 {
        println!("job {job} begun");
        sleep(Duration::from_secs(1)).await;
        println!("job {job} saved");
    }
}
