//! A server starts a task for each request, and a count of tasks shows that not
//! all of them end.
//! Watch the numbers: `cargo run --example tasks_are_counted`
use timed::println;

// ANCHOR: listing
use std::future::pending;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::{interval, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(count());
    for request in 0..19 {
        tokio::spawn(answer(request));
        sleep(Duration::from_millis(500)).await;
    }
}

async fn answer(request: u32) {
    sleep(Duration::from_millis(700)).await;
    if request % 4 == 3 {
        pending::<()>().await;
    }
}

async fn count() {
    let mut ticks = interval(Duration::from_secs(2));
    loop {
        ticks.tick().await;
        let alive = Handle::current().metrics().num_alive_tasks();
        println!("{} requests under way", alive - 1);
    }
}
// ANCHOR_END: listing
