//! Five fetches by two workers, who take them out of one queue.
//! Watch who takes which: `cargo run --example fan_out_by_workers`
use timed::println;

// ANCHOR: listing
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, receiver) = mpsc::channel(1);
    let queue = Arc::new(Mutex::new(receiver));
    let mut workers = JoinSet::new();
    for name in ["first", "second"] {
        workers.spawn(work(name, queue.clone()));
    }
    for seconds in [4, 1, 1, 3, 2] {
        sender.send(seconds).await.unwrap();
    }
    drop(sender);
    while let Some(worker) = workers.join_next().await {
        println!("{} is through", worker.unwrap());
    }
}

async fn work(name: &'static str, queue: Arc<Mutex<mpsc::Receiver<u64>>>) -> &'static str {
    loop {
        let next = queue.lock().await.recv().await;
        let Some(seconds) = next else { return name };
        println!("{name} takes {seconds} s");
        sleep(Duration::from_secs(seconds)).await;
    }
}
// ANCHOR_END: listing
