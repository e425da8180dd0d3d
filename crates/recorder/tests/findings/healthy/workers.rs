use futures::future::join_all;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let two = Arc::new(Semaphore::new(2));
    let jobs = (0..20).map(|i| {
        let two = two.clone();
        tokio::spawn(async move {
            let _permit = two.acquire_owned().await.unwrap();
            sleep(Duration::from_millis(50)).await;
            println!("job {i}");
        })
    });
    join_all(jobs).await;
}
