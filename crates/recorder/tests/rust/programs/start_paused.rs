//! tokio's paused clock, which jumps from tick to tick.
use std::time::Duration;
use tokio::time::{Instant, sleep};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let tasks: Vec<_> = [1900, 1500, 1100]
        .map(|us| {
            tokio::spawn(async move {
                sleep(Duration::from_micros(us)).await;
                println!("{us} {:?}", start.elapsed());
            })
        })
        .into();
    for task in tasks {
        task.await.unwrap();
    }
    for _ in 0..3 {
        sleep(Duration::from_micros(100)).await;
        println!("{:?}", start.elapsed());
    }
}
