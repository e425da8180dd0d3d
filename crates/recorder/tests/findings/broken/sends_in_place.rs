//! A function that is not async sends as threads do, and is called by a task.

use tokio::sync::mpsc::{Sender, channel};

fn count(hits: &Sender<u32>) {
    hits.blocking_send(1).unwrap();
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (hits, mut all) = channel(1);
    let total = tokio::spawn(async move {
        let mut total = 0;
        while let Some(hit) = all.recv().await {
            total += hit;
        }
        total
    });
    count(&hits);
    drop(hits);
    println!("{} hits", total.await.unwrap());
}
