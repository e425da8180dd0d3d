use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{interval, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel(8);
    let source = tokio::spawn(async move {
        for i in 0..40 {
            sleep(Duration::from_millis(70)).await;
            tx.send(i).await.unwrap();
        }
    });
    let mut flush = interval(Duration::from_millis(500));
    let mut batch = vec![];
    loop {
        tokio::select! {
            item = rx.recv() => match item {
                Some(item) => batch.push(item),
                None => break,
            },
            _ = flush.tick() => batch.clear(),
        }
    }
    source.await.unwrap();
}
