//! Three tasks multiply, each blocking the thread for a second after every
//! factor.
//! Watch when the second task starts: `cargo run --example factorials_blocking`
use timed::println;

// ANCHOR: listing
use futures::future::join_all;
use std::thread::sleep;
use std::time::{Duration, Instant};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let tasks = [
        tokio::spawn(factorial("A", 10)),
        tokio::spawn(factorial("B", 4)),
        tokio::spawn(factorial("C", 6)),
    ];
    join_all(tasks).await;
    println!("Total time: {:.0} seconds", start.elapsed().as_secs_f64());
}

async fn factorial(name: &str, n: u64) -> u64 {
    let start = Instant::now();
    println!("Task {name}: Starting factorial({n})");
    let mut product = 1;
    for factor in 1..=n {
        product *= factor;
        sleep(Duration::from_secs(1));
    }
    println!("Task {name}: factorial({n}) = {product}");
    println!("Time taken for Task {name}: {:.0} seconds", start.elapsed().as_secs_f64());
    product
}
// ANCHOR_END: listing
