//! A task that never has to wait is made to let others have a turn.
use tokio::sync::mpsc;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, rx) = mpsc::unbounded_channel();
    for n in 0..300 {
        tx.send(n).unwrap();
    }
    drop(tx);
    let drain = tokio::spawn(drain(rx));
    tokio::spawn(other());
    drain.await.unwrap();
}

async fn drain(mut rx: mpsc::UnboundedReceiver<u32>) {
    while rx.recv().await.is_some() {}
    println!("drained");
}

async fn other() {
    println!("other");
}
