use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;
use tokio::time::sleep;

static STOPPED: AtomicBool = AtomicBool::new(false);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let worker = tokio::spawn(work());
    sleep(Duration::from_millis(1500)).await;
    STOPPED.store(true, Relaxed);
    worker.await.unwrap();
    println!("stopped");
}

async fn work() {
    for job in 1..=4 {
        println!("job {job} begun");
        sleep(Duration::from_secs(1)).await;
        if STOPPED.load(Relaxed) {
            break;
        }
        println!("job {job} saved");
    }
}
