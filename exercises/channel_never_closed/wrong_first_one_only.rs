use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, mut receiver) = mpsc::channel(8);
    for n in 1..=3 {
        let sender = sender.clone();
        tokio::spawn(async move {
            sleep(Duration::from_secs(1)).await;
            sender.send(n).await.unwrap();
        });
    }
    if let Some(n) = receiver.recv().await {
        println!("got {n}");
    }
    println!("that was all");
}
