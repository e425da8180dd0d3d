//! Two tasks ask for a lock that is taken. The first has used up its budget.
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, mpsc};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let lock = Arc::new(Mutex::new(()));
    let taken = lock.lock().await;
    let (tx, mut rx) = mpsc::unbounded_channel();
    for n in 0..128 {
        tx.send(n).unwrap();
    }
    let (theirs, others) = (lock.clone(), lock.clone());
    let first = tokio::spawn(async move {
        for _ in 0..128 {
            rx.recv().await.unwrap();
        }
        let _guard = theirs.lock().await;
        println!("first");
    });
    let second = tokio::spawn(async move {
        let _guard = others.lock().await;
        println!("second");
    });
    sleep(Duration::from_millis(100)).await;
    drop(taken);
    first.await.unwrap();
    second.await.unwrap();
}
