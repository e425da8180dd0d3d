//! Many tasks that wake each other from every thread: by channels, locks,
//! timers, ends and aborts.
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Notify, mpsc, oneshot};
use tokio::task::{JoinSet, yield_now};
use tokio::time::{sleep, timeout};

#[tokio::main(worker_threads = 4)]
async fn main() {
    let (sender, mut receiver) = mpsc::channel(4);
    let count = Arc::new(Mutex::new(0));
    let notify = Arc::new(Notify::new());
    let mut all = JoinSet::new();
    for i in 0..20 {
        all.spawn(work(i, sender.clone(), count.clone(), notify.clone()));
    }
    drop(sender);
    let mut sum = 0;
    while let Some(i) = receiver.recv().await {
        sum += i;
        notify.notify_waiters();
    }
    notify.notify_waiters();
    let for_ever = tokio::spawn(std::future::pending::<()>());
    sleep(Duration::from_millis(1)).await;
    for_ever.abort();
    assert!(for_ever.await.unwrap_err().is_cancelled());
    // Whoever still waits to be notified is dropped with the set.
    println!("{sum} {}", *count.lock().await);
}

async fn work(i: u64, sender: mpsc::Sender<u64>, count: Arc<Mutex<u32>>, notify: Arc<Notify>) {
    for _ in 0..3 {
        yield_now().await;
        *count.lock().await += 1;
        let _ = timeout(Duration::from_millis(i % 3), notify.notified()).await;
        let (answer, asked) = oneshot::channel();
        tokio::spawn(async move { answer.send(i) });
        sender.send(asked.await.unwrap()).await.unwrap();
    }
    drop(sender);
    notify.notified().await;
}
