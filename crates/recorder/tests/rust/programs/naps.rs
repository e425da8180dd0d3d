//! Sleeps long and short, one after the other.
use std::time::Duration;
use tokio::time::{Instant, interval, sleep, sleep_until};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    sleep(Duration::from_secs(1)).await;
    println!("slept");
    let mut ticks = interval(Duration::from_millis(20));
    ticks.tick().await;
    println!("begins to tick");
    for _ in 0..2 {
        ticks.tick().await;
        println!("ticked");
    }
    sleep_until(Instant::now() + Duration::from_millis(100)).await;
    println!("slept until");
    for _ in 0..2 {
        sleep(Duration::from_millis(1)).await;
        println!("napped");
    }
}
