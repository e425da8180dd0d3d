use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let ready = Arc::new(Notify::new());
    let theirs = ready.clone();
    let serve = tokio::spawn(async move {
        sleep(Duration::from_millis(20)).await;
        theirs.notified().await;
    });
    sleep(Duration::from_millis(10)).await;
    ready.notify_waiters();
    serve.await.unwrap();
}
