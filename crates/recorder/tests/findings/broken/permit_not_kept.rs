//! Two at a time, it is meant: the permit is gone before the work begins.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::sleep;

async fn resize(two: Arc<Semaphore>, image: u32) {
    let _ = two.acquire().await.unwrap();
    println!("image {image}");
    sleep(Duration::from_millis(30)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let two = Arc::new(Semaphore::new(2));
    let all: JoinSet<()> = (0..5).map(|image| resize(two.clone(), image)).collect();
    all.join_all().await;
}
