//! One branch of a task holds the thread, and the other one's timer is late.

use std::time::Duration;

async fn beat() {
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn resize() {
    std::thread::sleep(Duration::from_millis(300));
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::join!(beat(), resize());
}
