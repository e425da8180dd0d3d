//! A task beats every half second while work that blocks has a thread of the
//! pool.
//! Watch the beats during the work: `cargo run --example heartbeat_spawn_blocking`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(heartbeat());
    sleep(Duration::from_millis(700)).await;
    spawn_blocking(work).await.unwrap();
    sleep(Duration::from_millis(400)).await;
}

async fn heartbeat() {
    loop {
        println!("beat");
        sleep(Duration::from_millis(500)).await;
    }
}

fn work() {
    println!("work starts");
    std::thread::sleep(Duration::from_millis(1600));
    println!("work is done");
}
// ANCHOR_END: listing
