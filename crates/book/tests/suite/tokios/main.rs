//! Uses what is in every tokio that can be recorded.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{broadcast, mpsc, watch, Mutex, Notify, Semaphore};
use tokio::task::JoinSet;
use tokio::time::sleep;

async fn holds(lock: Arc<Mutex<u32>>) {
    let mut guard = lock.lock().await;
    sleep(Duration::from_secs(1)).await;
    *guard += 1;
}

async fn asks(lock: Arc<Mutex<u32>>) {
    *lock.lock().await += 1;
}

async fn receives(mut receiver: mpsc::Receiver<u32>) -> u32 {
    let mut sum = 0;
    while let Some(n) = receiver.recv().await {
        sum += n;
    }
    sum
}

async fn greedy(notify: Arc<Notify>) {
    // More than a turn's budget.
    let (sender, mut receiver) = mpsc::unbounded_channel();
    (0..200).for_each(|n| sender.send(n).unwrap());
    for _ in 0..200 {
        receiver.recv().await;
    }
    notify.notify_one();
}

#[tokio::main]
async fn main() {
    let lock = Arc::new(Mutex::new(0));
    let mut set = JoinSet::new();
    set.spawn(holds(lock.clone()));
    set.spawn(asks(lock.clone()));
    while let Some(ended) = set.join_next().await {
        ended.unwrap();
    }
    let (sender, receiver) = mpsc::channel(1);
    let sum = tokio::spawn(receives(receiver));
    let permit = sender.clone().reserve_owned().await.unwrap();
    drop(permit.send(1));
    sender.send(2).await.unwrap();
    drop(sender);
    let (news, mut seen) = watch::channel(0);
    let (calls, mut heard) = broadcast::channel(4);
    let notify = Arc::new(Notify::new());
    tokio::spawn(greedy(notify.clone()));
    notify.notified().await;
    news.send(5).unwrap();
    seen.changed().await.unwrap();
    calls.send(6).unwrap();
    let semaphore = Semaphore::new(1);
    let permit = semaphore.acquire().await.unwrap();
    let late = tokio::time::timeout(Duration::from_secs(2), semaphore.acquire()).await.is_err();
    drop(permit);
    println!(
        "{} {} {} {} {late}",
        *lock.lock().await,
        sum.await.unwrap(),
        *seen.borrow(),
        heard.recv().await.unwrap()
    );
}
