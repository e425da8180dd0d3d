//! Sleeps of nothing, in two tasks by turns.
use std::time::Duration;
use tokio::{task::yield_now, time::{sleep, timeout}};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let r = timeout(Duration::ZERO, yield_now()).await;
    println!("timeout(0) of one yield: {}", r.is_ok());
    let work = tokio::spawn(async {
        for i in 0..3 {
            println!("work {i}");
            sleep(Duration::ZERO).await;
        }
    });
    for i in 0..3 {
        println!("main {i}");
        sleep(Duration::ZERO).await;
    }
    work.await.unwrap();
}
