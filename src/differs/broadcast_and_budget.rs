//! A task that takes a thousand messages which are all there, beside another one.
use tokio::sync::broadcast;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = broadcast::channel(1000);
    for n in 0..1000 {
        tx.send(n).unwrap();
    }
    let other = tokio::spawn(async { println!("the other task") });
    for _ in 0..1000 {
        rx.recv().await.unwrap();
    }
    println!("all messages");
    other.await.unwrap();
}
