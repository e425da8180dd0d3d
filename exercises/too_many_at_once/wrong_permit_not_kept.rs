use futures::future::join_all;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::sleep;

static PLACES: Semaphore = Semaphore::const_new(2);

static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let pages = join_all((0..6).map(|_| page())).await;
    println!("{} pages", pages.len());
}

async fn page() {
    let _ = PLACES.acquire().await.unwrap();
    fetch().await;
}

/// It takes a second, and the server wants two at once at most.
async fn fetch() {
    if UNDER_WAY.fetch_add(1, Relaxed) == 2 {
        println!("too many at once");
    }
    sleep(Duration::from_secs(1)).await;
    UNDER_WAY.fetch_sub(1, Relaxed);
}
