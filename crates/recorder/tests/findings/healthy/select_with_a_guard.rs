//! A set of futures is only asked while there are some in it.

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
            Some(()) = jobs.next(), if !jobs.is_empty() => {}
        }
    }
}
