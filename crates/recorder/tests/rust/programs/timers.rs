//! Timers of every kind, and a thread that is held.
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, sleep_until, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    sleep(Duration::from_micros(1500)).await;
    println!("{:?}", start.elapsed());
    sleep_until(start + Duration::from_secs(1)).await;
    println!("{:?}", start.elapsed());

    let late = timeout(Duration::from_millis(5), std::future::pending::<()>()).await;
    println!("{late:?}");
    let early = timeout(Duration::from_secs(5), sleep(Duration::from_millis(5))).await;
    println!("{early:?}");

    let mut ticks = interval(Duration::from_millis(100));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let start = Instant::now();
    ticks.tick().await;
    ticks.tick().await;
    println!("{:?}", start.elapsed());
    std::thread::sleep(Duration::from_millis(250));
    ticks.tick().await;
    ticks.tick().await;
    println!("{:?}", start.elapsed());
}
