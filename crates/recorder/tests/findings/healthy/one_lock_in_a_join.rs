//! Two arms of one task share a lock: the second waits while the first sleeps with it.

use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let log = Mutex::new(Vec::new());
    let note = async |text: &'static str, ms| {
        let mut log = log.lock().await;
        sleep(Duration::from_millis(ms)).await;
        log.push(text);
    };
    tokio::join!(note("rain", 8), note("wind", 4), note("sun", 2));
    println!("{:?}", log.into_inner());
}
