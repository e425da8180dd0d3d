//! Three chains of calls, each call in need of the result before it, overlap.
//! Watch how long nine calls of a second take: `cargo run --example three_chains`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let chains =
        [tokio::spawn(chain("A", 1)), tokio::spawn(chain("B", 10)), tokio::spawn(chain("C", 100))];
    for chain in chains {
        chain.await.unwrap();
    }
}

async fn chain(name: &str, start: u32) {
    println!("{name} starts with {start}");
    let first = double(start).await;
    let second = double(first).await;
    let third = double(second).await;
    println!("{name} has {first}, {second}, {third}");
}

async fn double(n: u32) -> u32 {
    sleep(Duration::from_secs(1)).await;
    2 * n
}
// ANCHOR_END: listing
