//! The configuration changes four times while a task is busy with the first one.
//! Watch which values it sees: `cargo run --example watch_tells_the_last_value`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (level, levels) = watch::channel("info");
    let task = tokio::spawn(log(levels));
    for change in ["debug", "trace", "warn", "error"] {
        sleep(Duration::from_millis(400)).await;
        level.send_replace(change);
    }
    drop(level);
    task.await.unwrap();
}

async fn log(mut levels: watch::Receiver<&'static str>) {
    println!("at first {}", *levels.borrow());
    while levels.changed().await.is_ok() {
        let level = *levels.borrow_and_update();
        println!("now {level}");
        sleep(Duration::from_secs(1)).await;
    }
    println!("no more changes");
}
// ANCHOR_END: listing
