use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let sum = Arc::new(Mutex::new(0));
    let (numbers, mut rest) = mpsc::channel(1);
    let guard = sum.lock().await;
    let theirs = sum.clone();
    let adds = tokio::spawn(async move {
        let mut sum = theirs.lock().await;
        while let Some(n) = rest.recv().await {
            *sum += n;
        }
    });
    sleep(Duration::from_millis(10)).await;
    drop(guard);
    println!("{}", sum.lock().await);
    numbers.send(1).await.unwrap();
    adds.await.unwrap();
}
