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

/// What a part of it that is left out by default says.
#[cfg(feature = "io")]
async fn reads() {
    use tokio::io::{duplex, AsyncReadExt, AsyncWriteExt};
    let (mut near, far) = duplex(8);
    near.write_all(b"ab").await.unwrap();
    drop(near);
    let mut text = String::new();
    far.chain(&b"c"[..]).read_to_string(&mut text).await.unwrap();
    println!("{text}");
}

#[tokio::main]
async fn main() {
    #[cfg(feature = "io")]
    reads().await;
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
    // Names that are no wider than the tasks'.
    let (left, right, long, ask) =
        (async { 1 }, async { 2 }, sleep(Duration::from_secs(9)), semaphore.acquire());
    let (one, two) = tokio::join!(left, right);
    let three = tokio::select! {
        biased;
        () = long => 0,
        _ = ask => one + two,
    };
    println!(
        "{} {three} {} {} {} {late}",
        *lock.lock().await,
        sum.await.unwrap(),
        *seen.borrow(),
        heard.recv().await.unwrap()
    );
}
