//! A supervisor starts a worker again when it has panicked, later each time.
//! Watch the pauses: `cargo run --example supervisor_restarts`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut pause = Duration::from_millis(500);
    for attempt in 1..=5 {
        match tokio::spawn(work(attempt)).await {
            Ok(()) => return,
            Err(error) if error.is_panic() => println!("panicked, again in {pause:?}"),
            Err(_) => return println!("cancelled"),
        }
        sleep(pause).await;
        pause *= 2;
    }
    println!("gave up");
}

async fn work(attempt: u32) {
    println!("attempt {attempt}");
    sleep(Duration::from_secs(1)).await;
    let parts = vec!["one"; attempt as usize];
    println!("has all three: {}", parts[2]);
}
// ANCHOR_END: listing
