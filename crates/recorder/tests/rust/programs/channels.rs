//! Every kind of channel, full, empty and closed.
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::task::yield_now;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel(1);
    tokio::spawn(produce(tx));
    yield_now().await;
    while let Some(n) = rx.recv().await {
        println!("got {n}");
    }

    let (tx, rx) = oneshot::channel();
    tokio::spawn(answer(tx));
    println!("{}", rx.await.unwrap());

    let (tx, mut rx) = broadcast::channel(4);
    tokio::spawn(announce(tx));
    println!("{}", rx.recv().await.unwrap());

    let (tx, mut rx) = watch::channel(0);
    tokio::spawn(change(tx));
    rx.changed().await.unwrap();
    println!("{}", *rx.borrow());
}

async fn produce(tx: mpsc::Sender<u32>) {
    for n in 1..=3 {
        tx.send(n).await.unwrap();
    }
}

async fn answer(tx: oneshot::Sender<u32>) {
    tx.send(42).unwrap();
}

async fn announce(tx: broadcast::Sender<&'static str>) {
    tx.send("hear").unwrap();
}

async fn change(tx: watch::Sender<u32>) {
    tx.send(7).unwrap();
}
