//! Workers are asked to stop, and finish the job they have, up to a deadline.
//! Watch who is late: `cargo run --example stop_drains_until_deadline`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (stop, stopping) = watch::channel(false);
    let mut workers = JoinSet::new();
    workers.spawn(work("short", 400, stopping.clone()));
    workers.spawn(work("long", 3000, stopping));
    sleep(Duration::from_secs(1)).await;
    println!("stop");
    stop.send_replace(true);
    let all = async { while workers.join_next().await.is_some() {} };
    if timeout(Duration::from_millis(800), all).await.is_err() {
        println!("still at work: {}", workers.len());
        workers.shutdown().await;
    }
    println!("stopped");
}

async fn work(name: &'static str, millis: u64, stopping: watch::Receiver<bool>) {
    let _end = OnDrop(name);
    while !*stopping.borrow() {
        sleep(Duration::from_millis(millis)).await;
        println!("{name}: a job is done");
    }
}

struct OnDrop(&'static str);

impl Drop for OnDrop {
    fn drop(&mut self) {
        println!("{}: end", self.0);
    }
}
// ANCHOR_END: listing
