//! Tokens of a bucket: they are forgotten as they are used, and put back in time.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let bucket = Arc::new(Semaphore::new(2));
    let theirs = bucket.clone();
    let fill = tokio::spawn(async move {
        for _ in 0..2 {
            sleep(Duration::from_millis(10)).await;
            theirs.add_permits(2);
        }
    });
    for n in 0..6 {
        bucket.acquire().await.unwrap().forget();
        println!("token {n}");
    }
    fill.await.unwrap();
}
