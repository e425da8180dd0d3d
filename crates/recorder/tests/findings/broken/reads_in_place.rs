use std::time::Duration;
use tokio::time::{interval, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let beat = tokio::spawn(beat());
    sleep(Duration::from_millis(50)).await;
    std::thread::sleep(Duration::from_millis(320));
    sleep(Duration::from_millis(200)).await;
    beat.abort();
}

async fn beat() {
    let mut every = interval(Duration::from_millis(100));
    loop {
        every.tick().await;
        println!("beat");
    }
}
