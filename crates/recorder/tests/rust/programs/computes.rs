//! Computes beside a timer: which is first depends on the machine.
use std::time::{Duration, Instant};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let beside = tokio::spawn(wait());
    tokio::task::yield_now().await;
    let count = primes_below(300_000);
    println!("{count} primes");
    sleep(Duration::from_millis(1)).await;
    beside.await.unwrap();
}

async fn wait() {
    let start = Instant::now();
    sleep(Duration::from_millis(5)).await;
    println!("waited as long as main computed: {}", start.elapsed() > Duration::from_millis(20));
}

fn primes_below(n: u32) -> usize {
    (2..n).filter(|&n| (2..).take_while(|d| d * d <= n).all(|d| n % d != 0)).count()
}
