//! `main` asks a task to stop, and the task takes its time to clean up.
//! Watch when `main` goes on: `cargo run --example stop_on_request`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(foo(stopped));
    sleep(Duration::from_secs(1)).await;
    let _ = stop.send(());
    task.await.unwrap();
    println!("World");
}

async fn foo(stopped: oneshot::Receiver<()>) {
    println!("foo");
    tokio::select! {
        _ = stopped => println!("asked to stop"),
        _ = sleep(Duration::from_secs(10)) => println!("bar"),
    }
    sleep(Duration::from_millis(500)).await;
    println!("clean");
}
// ANCHOR_END: listing
