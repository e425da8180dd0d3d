//! What is due at once: a first tick, a sleep until now, a timeout of nothing.
use std::time::Duration;
use tokio::time::{Instant, interval, sleep_until, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let other = tokio::spawn(async { println!("other 1") });
    interval(Duration::from_millis(10)).tick().await;
    println!("first tick");
    other.await.unwrap();
    let other = tokio::spawn(async { println!("other 2") });
    sleep_until(Instant::now()).await;
    println!("slept until now");
    other.await.unwrap();
    let other = tokio::spawn(async { 7 });
    println!("{:?}", timeout(Duration::ZERO, other).await.is_ok());
}
