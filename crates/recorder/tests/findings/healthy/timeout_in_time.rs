//! Timeouts of which one is in time and one is not, beside a call that blocks a
//! thread of its own, and a computation shorter than the limit.

use std::time::Duration;

use tokio::time::{sleep, timeout};

async fn beat() {
    for _ in 0..3 {
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let slow = tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_millis(300)));
    let late = timeout(Duration::from_millis(100), sleep(Duration::from_secs(1)));
    let short = async { std::thread::sleep(Duration::from_millis(5)) };
    let in_time = timeout(Duration::from_millis(100), short);
    let ((), slow, late, in_time) = tokio::join!(beat(), slow, late, in_time);
    println!("{} {} {}", slow.is_ok(), late.is_err(), in_time.is_ok());
}
