//! `main` waits for a signal, and a task has it sent after a second (on Unix).
//! Watch who wakes `main`: `cargo run --example woken_by_signal`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::process::Command;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut signals = signal(SignalKind::user_defined1()).unwrap();
    tokio::spawn(send_signal());
    println!("main waits");
    signals.recv().await;
    println!("main got the signal");
}

async fn send_signal() {
    sleep(Duration::from_secs(1)).await;
    println!("sending it");
    let me = std::process::id().to_string();
    Command::new("kill").args(["-USR1", &me]).status().await.unwrap();
}
// ANCHOR_END: listing
