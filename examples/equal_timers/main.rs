//! One task sleeps twice for 5 ms, another once for 10 ms.
//! Watch the order of the names: `cargo run --example equal_timers`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let created = tokio::spawn(write("created", vec![5, 5]));
    let shipped = tokio::spawn(write("shipped", vec![10]));
    created.await.unwrap();
    shipped.await.unwrap();
}

async fn write(name: &str, sleeps: Vec<u64>) {
    for millis in sleeps {
        sleep(Duration::from_millis(millis)).await;
    }
    println!("{name}");
}
// ANCHOR_END: listing
