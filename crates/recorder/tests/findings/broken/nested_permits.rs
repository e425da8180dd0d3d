use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::sleep;

async fn crawl(limit: Arc<Semaphore>, depth: u32) {
    let _permit = limit.acquire().await.unwrap();
    sleep(Duration::from_millis(10)).await;
    if depth > 0 {
        Box::pin(crawl(limit.clone(), depth - 1)).await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let limit = Arc::new(Semaphore::new(2));
    let crawls = [1, 2].map(|_| tokio::spawn(crawl(limit.clone(), 1)));
    for crawl in crawls {
        crawl.await.unwrap();
    }
}
