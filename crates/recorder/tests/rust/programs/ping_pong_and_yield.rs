//! One task yields once beside two that wake each other for ever.
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use tokio::sync::Notify;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let turns = Arc::new(AtomicUsize::new(0));
    let (ping, pong) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (wait, wake, count) = (ping.clone(), pong.clone(), turns.clone());
    tokio::spawn(async move { loop { wait.notified().await; count.fetch_add(1, SeqCst); wake.notify_one(); } });
    let (wait, wake, count) = (pong, ping.clone(), turns.clone());
    tokio::spawn(async move { loop { wait.notified().await; count.fetch_add(1, SeqCst); wake.notify_one(); } });
    let count = turns.clone();
    let yields = tokio::spawn(async move {
        let before = count.load(SeqCst);
        tokio::task::yield_now().await;
        count.load(SeqCst) - before
    });
    ping.notify_one();
    println!("{} turns of the others", yields.await.unwrap());
}
