use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Semaphore};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (limit, lock) = (Arc::new(Semaphore::new(2)), Arc::new(Mutex::new(0)));
    let guard = lock.clone().lock_owned().await;
    tokio::spawn(async move {
        sleep(Duration::from_millis(500)).await;
        drop(guard);
    });
    tokio::spawn(async {
        sleep(Duration::from_millis(100)).await;
        std::process::exit(0);
    });
    for _ in 0..6 {
        let permit = limit.clone().acquire_owned().await.unwrap();
        tokio::spawn(async move {
            sleep(Duration::from_millis(10)).await;
            drop(permit);
        });
    }
    println!("{}", lock.lock().await);
}
