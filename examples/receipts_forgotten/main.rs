//! `main` packs three orders and leaves the receipts to tasks that nobody
//! awaits.
//! Watch how many are sent: `cargo run --example receipts_forgotten`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for order in 1..=3 {
        tokio::spawn(send_receipt(order));
        sleep(Duration::from_millis(200)).await;
        println!("order {order} is packed");
    }
}

async fn send_receipt(order: u32) {
    sleep(Duration::from_millis(500)).await;
    println!("receipt {order} is sent");
}
// ANCHOR_END: listing
