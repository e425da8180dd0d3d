//! Main has all permits that are taken and waits for one: another task adds it.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{RwLock, Semaphore};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (bucket, shelf) = (Arc::new(Semaphore::new(1)), RwLock::new(0));
    let theirs = bucket.clone();
    let fill = tokio::spawn(async move {
        sleep(Duration::from_millis(10)).await;
        theirs.add_permits(1);
        sleep(Duration::from_millis(20)).await;
        std::process::exit(0);
    });
    let first = bucket.acquire().await.unwrap();
    let second = bucket.acquire().await.unwrap();
    *shelf.write().await += 1;
    println!("two");
    let _third = bucket.acquire().await.unwrap();
    drop((first, second));
    fill.await.unwrap();
}
