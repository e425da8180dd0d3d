//! Two downloads of 60 and 80 ms run side by side, and each may take 100 ms; but
//! nobody polls the second while main stores what the first has brought.

use std::time::Duration;

use futures::stream::{self, StreamExt};
use tokio::time::{sleep, timeout};

async fn download(part: u64) -> Option<u64> {
    let rounds = async {
        for _ in 0..3 + part {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_millis(100), rounds).await.ok()?;
    Some(part)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut parts = stream::iter(0..2).map(download).buffer_unordered(2);
    while let Some(part) = parts.next().await {
        println!("{part:?}");
        sleep(Duration::from_millis(300)).await;
    }
}
