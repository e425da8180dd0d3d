//! A task beats every half second while work that blocks has a thread of its
//! own.
//! Watch the beats during the work: `cargo run --example heartbeat_own_thread`
use timed::println;

// ANCHOR: listing
use std::thread;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(heartbeat());
    sleep(Duration::from_millis(700)).await;
    let (done, is_done) = oneshot::channel();
    thread::spawn(move || {
        work();
        done.send(()).unwrap();
    });
    is_done.await.unwrap();
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
    thread::sleep(Duration::from_millis(1600));
    println!("work is done");
}
// ANCHOR_END: listing
