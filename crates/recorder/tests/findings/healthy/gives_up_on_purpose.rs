use std::time::Duration;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let slow = tokio::spawn(sleep(Duration::from_secs(60)));
    if timeout(Duration::from_secs(1), sleep(Duration::from_secs(9))).await.is_err() {
        slow.abort();
    }
    assert!(slow.await.unwrap_err().is_cancelled());
    for i in 0..20 {
        let work = sleep(Duration::from_millis(100));
        timeout(Duration::from_secs(1), work).await.unwrap();
        println!("{i} in time");
    }
}
