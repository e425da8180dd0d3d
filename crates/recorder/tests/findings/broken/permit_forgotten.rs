//! What is forgotten does not come back: the third download waits for ever.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::sleep;

async fn download(limit: Arc<Semaphore>, n: u32) {
    let permit = limit.acquire().await.unwrap();
    println!("download {n}");
    sleep(Duration::from_millis(5)).await;
    permit.forget();
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let limit = Arc::new(Semaphore::new(2));
    let all: Vec<_> = (0..3).map(|n| tokio::spawn(download(limit.clone(), n))).collect();
    for one in all {
        one.await.unwrap();
    }
}
