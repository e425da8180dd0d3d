//! A task prints every 100 ms, and another one holds the thread for 320 ms.
//! Watch which pulse is late: `cargo run --example pulse_held_up`
use timed::println;

// ANCHOR: listing
use std::thread;
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(pulse());
    tokio::spawn(shrink()).await.unwrap();
    sleep(Duration::from_millis(150)).await;
}

async fn pulse() {
    loop {
        println!("pulse");
        sleep(Duration::from_millis(100)).await;
    }
}

async fn shrink() {
    sleep(Duration::from_millis(150)).await;
    println!("shrinking the picture");
    thread::sleep(Duration::from_millis(320));
    println!("shrunk");
}
// ANCHOR_END: listing
