//! The first notification goes to nobody; the second comes when the time is over, too.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

const A_WHILE: Duration = Duration::from_millis(10);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let ready = Arc::new(Notify::new());
    ready.notify_waiters();
    let (theirs, here) = (ready.clone(), ready.clone());
    let tells = tokio::spawn(async move {
        sleep(A_WHILE).await;
        theirs.notify_waiters();
    });
    let waits = tokio::spawn(async move { timeout(A_WHILE, here.notified()).await });
    let selects = tokio::spawn(async move {
        tokio::select! {
            biased;
            () = ready.notified() => true,
            () = sleep(A_WHILE) => false,
        }
    });
    tells.await.unwrap();
    println!("{:?}, {}", waits.await.unwrap(), selects.await.unwrap());
}
