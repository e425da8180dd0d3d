use std::time::Duration;
use tokio::sync::{Mutex, RwLock};
use tokio::time::sleep;

async fn step(lock: &Mutex<u32>, book: &RwLock<u32>) {
    let mut n = lock.lock().await;
    let read = book.read().await;
    sleep(Duration::from_millis(20)).await;
    *n += *read;
    drop(read);
    *book.write().await += 1;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (lock, book) = (Mutex::new(0), RwLock::new(1));
    tokio::join!(step(&lock, &book), step(&lock, &book), async {
        sleep(Duration::from_millis(30)).await;
        println!("{}", book.read().await);
    });
    println!("{}", lock.lock().await);
}
