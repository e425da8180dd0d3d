use futures::stream::{self, StreamExt};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;
use tokio::time::sleep;

static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let pages = stream::iter(0..6).map(|_| page()).buffer_unordered(2);
    println!("{} pages", pages.count().await);
}

async fn page() {
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
