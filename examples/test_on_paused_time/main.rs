//! A test of a function that waits for minutes, on a clock that is paused.
//! Watch how long it takes: `cargo run --example test_on_paused_time`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::{Instant, sleep};

// In a test: #[tokio::test(start_paused = true)]
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (start, real) = (Instant::now(), std::time::Instant::now());
    let mut calls = 0;
    let answer = retry(async || {
        calls += 1;
        if calls < 3 { Err("busy") } else { Ok("done") }
    });
    assert_eq!(answer.await, Ok("done"));
    assert_eq!(start.elapsed(), Duration::from_secs(30 + 60));
    println!("after {calls} calls and {:?}", start.elapsed());
    println!("within a second: {}", real.elapsed() < Duration::from_secs(1));
}

async fn retry<T, E>(mut call: impl AsyncFnMut() -> Result<T, E>) -> Result<T, E> {
    let mut wait = Duration::from_secs(30);
    loop {
        match call().await {
            Err(_) if wait < Duration::from_secs(600) => sleep(wait).await,
            last => return last,
        }
        wait *= 2;
    }
}
// ANCHOR_END: listing
