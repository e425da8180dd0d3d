use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Arc::new(Notify::new());
    let theirs = start.clone();
    start.notify_waiters();
    if timeout(Duration::from_secs(1), tokio::spawn(serve(theirs))).await.is_err() {
        println!("it has not started");
    }
}

async fn serve(start: Arc<Notify>) {
    println!("waiting for the start");
    start.notified().await;
    println!("serving");
}
