use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

async fn actor(name: &'static str, mut rx: mpsc::Receiver<u32>, peer: mpsc::Sender<u32>) {
    while let Some(n) = rx.recv().await {
        println!("{name} has {n}");
        for _ in 0..2 {
            peer.send(n + 1).await.unwrap();
        }
        sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (to_a, a) = mpsc::channel(2);
    let (to_b, b) = mpsc::channel(2);
    to_a.send(0).await.unwrap();
    let one = tokio::spawn(actor("a", a, to_b));
    let two = tokio::spawn(actor("b", b, to_a));
    let _ = tokio::join!(one, two);
}
