//! The permit is handed on to the download that main does not poll while it begins another.

use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::{interval, sleep};

static LINE: Semaphore = Semaphore::const_new(1);

async fn download(name: &str) -> &str {
    let _permit = LINE.acquire().await.unwrap();
    sleep(Duration::from_millis(20)).await;
    name
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let other = tokio::spawn(download("other"));
    sleep(Duration::from_millis(1)).await;
    let mut first = Box::pin(download("first"));
    let mut tick = interval(Duration::from_millis(5));
    tick.tick().await;
    loop {
        tokio::select! {
            name = &mut first => break println!("{name}"),
            _ = tick.tick() => println!("{}", download("second").await),
        }
    }
    other.await.unwrap();
}
