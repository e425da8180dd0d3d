//! One of two downloads runs out of time, and whoever has started them polls both.

use std::time::Duration;

use futures::stream::{self, StreamExt};
use tokio::time::{sleep, timeout};

async fn download(part: u64) -> Option<u64> {
    timeout(Duration::from_millis(60), sleep(Duration::from_millis(40 + 200 * part))).await.ok()?;
    Some(part)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut parts = stream::iter(0..2).map(download).buffer_unordered(2);
    while let Some(part) = parts.next().await {
        println!("{part:?}");
        sleep(Duration::from_millis(5)).await;
    }
}
