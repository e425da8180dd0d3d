//! An empty set of futures is always ready, with nothing: the loop never waits.

use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::mpsc;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel::<std::future::Ready<()>>(4);
    tokio::spawn(async move { tx.send(std::future::ready(())).await });
    let mut jobs = FuturesUnordered::new();
    let mut is_open = true;
    while is_open || !jobs.is_empty() {
        tokio::select! {
            job = rx.recv(), if is_open => match job {
                Some(job) => jobs.push(job),
                None => is_open = false,
            },
            _ = jobs.next() => {}
        }
    }
}
