use std::sync::Arc;
use tokio::sync::Mutex;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let log = Arc::new(Mutex::new(vec![]));
    let guard = log.lock().await;
    let worker = tokio::spawn(worker(log.clone()));
    worker.await.unwrap();
    drop(guard);
}

async fn worker(log: Arc<Mutex<Vec<u32>>>) {
    log.lock().await.push(1);
}
