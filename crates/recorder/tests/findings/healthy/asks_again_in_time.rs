//! Each wait for a notification has a time, after which it looks for itself; what is
//! awaited from before it is sent is not lost.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let news = Arc::new(Notify::new());
    let theirs = news.clone();
    let reporter = tokio::spawn(async move {
        theirs.notify_waiters();
        sleep(Duration::from_millis(25)).await;
        theirs.notify_waiters();
    });
    reporter.await.unwrap();
    for look in 0..3 {
        let heard = timeout(Duration::from_millis(10), news.notified()).await;
        println!("look {look}: {heard:?}");
    }
    let (mine, done) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let theirs = done.clone();
    mine.notify_one();
    println!("{:?}", timeout(Duration::from_millis(10), mine.notified()).await);
    let is_done = done.notified();
    theirs.notify_waiters();
    println!("{:?}", timeout(Duration::from_millis(10), is_done).await);
}
