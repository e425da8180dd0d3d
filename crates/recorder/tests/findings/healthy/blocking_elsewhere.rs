use std::time::Duration;
use tokio::time::interval;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let beat = tokio::spawn(async {
        let mut every = interval(Duration::from_millis(100));
        loop {
            every.tick().await;
        }
    });
    let read = || std::thread::sleep(Duration::from_millis(320));
    tokio::task::spawn_blocking(read).await.unwrap();
    beat.abort();
    // Nobody else has anything to do any more.
    std::thread::sleep(Duration::from_secs(1));
}
