use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel(2);
    let produce = tokio::spawn(async move {
        for i in 0..30 {
            tx.send(i).await.unwrap();
        }
    });
    while let Some(i) = rx.recv().await {
        sleep(Duration::from_millis(100)).await;
        println!("{i}");
    }
    produce.await.unwrap();
}
