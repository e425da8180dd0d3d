//! Three tasks wait at a gate, and `main` opens it after a second.
//! Watch who goes through first: `cargo run --example gate_opens`
use timed::println;

// ANCHOR: listing
use futures::future::join_all;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let gate = Arc::new(Notify::new());
    let tasks = ["A", "B", "C"].map(|name| tokio::spawn(pass_through(name, gate.clone())));
    sleep(Duration::from_secs(1)).await;
    println!("the gate opens");
    gate.notify_waiters();
    join_all(tasks).await;
}

async fn pass_through(name: &str, gate: Arc<Notify>) {
    println!("{name} waits");
    gate.notified().await;
    println!("{name} goes through");
}
// ANCHOR_END: listing
