use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, broadcast};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (ready, is_ready) = (Arc::new(Notify::new()), Arc::new(AtomicBool::new(false)));
    let (theirs, their_flag) = (ready.clone(), is_ready.clone());
    let serve = tokio::spawn(async move {
        sleep(Duration::from_millis(20)).await;
        let notified = theirs.notified();
        if !their_flag.load(Ordering::Relaxed) {
            notified.await;
        }
    });
    sleep(Duration::from_millis(10)).await;
    is_ready.store(true, Ordering::Relaxed);
    ready.notify_waiters();
    serve.await.unwrap();
    let (news, mut rest) = broadcast::channel(2);
    for n in 0..6 {
        news.send(n).unwrap();
    }
    match rest.recv().await {
        Err(broadcast::error::RecvError::Lagged(n)) => println!("{n} are gone"),
        other => println!("{other:?}"),
    }
}
