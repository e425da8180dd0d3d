//! Main looks at a flag over and over, which a thread of std's sets.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

static SET: AtomicBool = AtomicBool::new(false);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let thread = std::thread::spawn(|| {
        std::thread::sleep(Duration::from_millis(20));
        SET.store(true, SeqCst);
    });
    while !SET.load(SeqCst) {
        std::hint::spin_loop();
    }
    thread.join().unwrap();
    println!("set");
}
