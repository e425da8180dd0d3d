//! Five blocking calls go to the runtime's pool of threads, and are awaited all
//! together.
//! Watch what the sleeps come to: `cargo run --example five_numbers_in_threads`
use timed::println;

// ANCHOR: listing
use futures::future::join_all;
use std::thread::sleep;
use std::time::Duration;
use tokio::task::spawn_blocking;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("start");
    let mut tasks = Vec::new();
    for i in 0..5 {
        tasks.push(spawn_blocking(move || print_number(i)));
    }
    join_all(tasks).await;
}

fn print_number(i: u32) {
    sleep(Duration::from_millis(1000 + 200 * u64::from(i)));
    println!("Number: {i}");
}
// ANCHOR_END: listing
