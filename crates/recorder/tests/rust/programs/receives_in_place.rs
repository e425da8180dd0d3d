//! A worker that blocks on a channel while it is none.
use tokio::sync::mpsc;
use tokio::task::block_in_place;

#[tokio::main]
async fn main() {
    let (sender, mut receiver) = mpsc::channel(1);
    let sent = tokio::spawn(async move { sender.send(42).await });
    println!("{:?}", block_in_place(|| receiver.blocking_recv().unwrap()));
    sent.await.unwrap().unwrap();
}
