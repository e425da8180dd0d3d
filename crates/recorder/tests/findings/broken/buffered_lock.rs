use futures::stream::{self, StreamExt};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::sleep;

async fn fetch(log: &Mutex<Vec<u32>>, n: u32) -> u32 {
    let mut log = log.lock().await;
    sleep(Duration::from_millis(10)).await;
    log.push(n);
    n
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let log = Mutex::new(Vec::new());
    let mut pages = stream::iter(0..4).map(|n| fetch(&log, n)).buffered(2);
    while let Some(n) = pages.next().await {
        println!("{n} of {}", log.lock().await.len());
    }
}
