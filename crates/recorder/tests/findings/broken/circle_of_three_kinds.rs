//! A lock, a lock to read or write, and a permit: each has one and waits for the next.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, RwLock, Semaphore};
use tokio::task::JoinSet;
use tokio::time::sleep;

#[derive(Default)]
struct Shop {
    till: Mutex<u32>,
    shelf: RwLock<u32>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (shop, door) = (Arc::new(Shop::default()), Arc::new(Semaphore::new(1)));
    let mut people = JoinSet::new();
    let theirs = shop.clone();
    people.spawn(async move {
        let _till = theirs.till.lock().await;
        sleep(Duration::from_millis(5)).await;
        *theirs.shelf.write().await += 1;
    });
    let (theirs, entrance) = (shop.clone(), door.clone());
    people.spawn(async move {
        let _shelf = theirs.shelf.read().await;
        sleep(Duration::from_millis(5)).await;
        let _door = entrance.acquire().await.unwrap();
    });
    people.spawn(async move {
        let _door = door.acquire().await.unwrap();
        sleep(Duration::from_millis(5)).await;
        *shop.till.lock().await += 1;
    });
    while people.join_next().await.is_some() {}
}
