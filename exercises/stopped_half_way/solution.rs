use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(work(stopped));
    sleep(Duration::from_millis(1500)).await;
    stop.send_replace(true);
    worker.await.unwrap();
    println!("stopped");
}

async fn work(stopped: watch::Receiver<bool>) {
    for job in 1..=4 {
        if *stopped.borrow() {
            break;
        }
        println!("job {job} begun");
        sleep(Duration::from_secs(1)).await;
        println!("job {job} saved");
    }
}
