//! Two tasks sleep equally long; each then writes down its name.
//! Watch the order of the names: `cargo run --example equal_timers`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let created = tokio::spawn(write("created"));
    let shipped = tokio::spawn(write("shipped"));
    created.await.unwrap();
    shipped.await.unwrap();
}

async fn write(name: &str) {
    sleep(Duration::from_millis(5)).await;
    println!("{name}");
}
// ANCHOR_END: listing
