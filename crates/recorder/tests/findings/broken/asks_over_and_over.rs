use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let done = Arc::new(AtomicBool::new(false));
    let worker = tokio::spawn(worker(done.clone()));
    while !done.load(Relaxed) {
        tokio::task::yield_now().await;
    }
    worker.await.unwrap();
}

async fn worker(done: Arc<AtomicBool>) {
    println!("working");
    std::future::pending::<()>().await;
    done.store(true, Relaxed);
}
