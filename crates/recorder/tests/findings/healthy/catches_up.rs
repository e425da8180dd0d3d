use std::time::{Duration, Instant};
use tokio::time::{interval, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let mut every = interval(Duration::from_millis(100));
    for i in 0..8 {
        every.tick().await;
        println!("ping {i}");
        if i == 1 {
            sleep(Duration::from_millis(450)).await;
        }
    }
    assert!(start.elapsed() < Duration::from_secs(2));
    println!("end");
}
