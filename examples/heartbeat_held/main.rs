//! A task beats every half second while `main` awaits work that blocks the
//! thread.
//! Watch the beats during the work: `cargo run --example heartbeat_held`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(heartbeat());
    sleep(Duration::from_millis(700)).await;
    work().await;
    sleep(Duration::from_millis(400)).await;
}

async fn heartbeat() {
    loop {
        println!("beat");
        sleep(Duration::from_millis(500)).await;
    }
}

async fn work() {
    println!("work starts");
    std::thread::sleep(Duration::from_millis(1600));
    println!("work is done");
}
// ANCHOR_END: listing
