//! Main gives its turn away over and over, until a task has set a flag.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

static SET: AtomicBool = AtomicBool::new(false);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        SET.store(true, SeqCst);
    });
    while !SET.load(SeqCst) {
        tokio::task::yield_now().await;
    }
    println!("set");
}
