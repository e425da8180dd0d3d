//! Two tasks wait for each other.
use tokio::sync::mpsc;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (a_tx, a_rx) = mpsc::channel(1);
    let (b_tx, b_rx) = mpsc::channel(1);
    let a = tokio::spawn(pass_on(a_rx, b_tx));
    let b = tokio::spawn(pass_on(b_rx, a_tx));
    println!("waiting");
    a.await.unwrap();
    b.await.unwrap();
}

async fn pass_on(mut from: mpsc::Receiver<u32>, to: mpsc::Sender<u32>) {
    let n = from.recv().await.unwrap();
    to.send(n).await.unwrap();
}
