use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Duration, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, rx) = oneshot::channel::<JoinHandle<()>>();
    let work = tokio::spawn(async move {
        let own = rx.await.unwrap();
        own.await.unwrap();
    });
    tx.send(work).unwrap();
    sleep(Duration::from_millis(10)).await;
}
