use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{interval, sleep};

type Request = (u32, oneshot::Sender<u32>);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, rx) = mpsc::channel(4);
    tokio::spawn(serve(rx));
    tokio::spawn(heartbeat());
    for n in 1..=5 {
        let (answer, answered) = oneshot::channel();
        tx.send((n, answer)).await.unwrap();
        println!("{n} squared is {}", answered.await.unwrap());
    }
}

async fn serve(mut rx: mpsc::Receiver<Request>) {
    while let Some((n, answer)) = rx.recv().await {
        sleep(Duration::from_millis(30)).await;
        answer.send(n * n).unwrap();
    }
}

async fn heartbeat() {
    let mut every = interval(Duration::from_millis(50));
    loop {
        every.tick().await;
        sleep(Duration::from_millis(1)).await;
    }
}
