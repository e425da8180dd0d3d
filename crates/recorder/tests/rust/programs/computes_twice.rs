//! Two tasks that compute, each until the other has begun: on one thread
//! neither would end.
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let begun = Arc::new(AtomicUsize::new(0));
    let both = [tokio::spawn(compute(begun.clone())), tokio::spawn(compute(begun))];
    for one in both {
        one.await.unwrap();
    }
    println!("both");
}

async fn compute(begun: Arc<AtomicUsize>) {
    begun.fetch_add(1, Ordering::SeqCst);
    while begun.load(Ordering::SeqCst) < 2 {
        std::thread::yield_now();
    }
}
