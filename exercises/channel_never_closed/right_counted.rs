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
    for _ in 1..=3 {
        println!("got {}", receiver.recv().await.unwrap());
    }
    println!("that was all");
}
