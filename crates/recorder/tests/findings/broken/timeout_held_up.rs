//! What a timeout limits holds the thread itself: the timeout is not looked at.

use std::time::Duration;

use tokio::time::timeout;

async fn resize() -> u32 {
    std::thread::sleep(Duration::from_millis(600));
    3
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let resized = timeout(Duration::from_millis(100), resize()).await;
    println!("{resized:?}");
}
