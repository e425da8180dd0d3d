//! tokio's paused clock, moved by hand.
use std::time::Duration;
use tokio::time::{Instant, advance, sleep};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    advance(Duration::from_micros(500)).await;
    for _ in 0..3 {
        sleep(Duration::from_millis(1)).await;
        println!("main {:?}", start.elapsed());
    }
    let task = tokio::spawn(async move {
        for round in 1..=5 {
            sleep(Duration::from_millis(1)).await;
            println!("round {round} {:?}", start.elapsed());
        }
    });
    tokio::task::yield_now().await;
    advance(Duration::from_millis(5)).await;
    println!("advanced {:?}", start.elapsed());
    tokio::task::yield_now().await;
    println!("yielded {:?}", start.elapsed());
    task.await.unwrap();
}
