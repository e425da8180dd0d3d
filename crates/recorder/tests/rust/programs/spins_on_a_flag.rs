//! Main looks at a flag over and over, which a task on another thread sets.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

static SET: AtomicBool = AtomicBool::new(false);

#[tokio::main]
async fn main() {
    tokio::spawn(async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        SET.store(true, SeqCst);
    });
    while !SET.load(SeqCst) {
        std::hint::spin_loop();
    }
    println!("set");
}
