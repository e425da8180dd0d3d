use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let done = Arc::new(AtomicBool::new(false));
    tokio::spawn(worker(done.clone()));
    tokio::task::yield_now().await;
    while !done.load(Relaxed) {
        std::hint::spin_loop();
    }
}

async fn worker(done: Arc<AtomicBool>) {
    tokio::task::yield_now().await;
    done.store(true, Relaxed);
}
