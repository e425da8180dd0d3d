use std::time::Duration;
use tokio::sync::broadcast;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (news, mut rest) = broadcast::channel(2);
    let reads = tokio::spawn(async move {
        while let Ok(n) = rest.recv().await {
            println!("read {n}");
            sleep(Duration::from_millis(58)).await;
        }
    });
    for n in 0..6 {
        news.send(n).unwrap();
        sleep(Duration::from_millis(10)).await;
    }
    reads.await.unwrap();
}

// What says that there were more, Lagged, is not looked at.
