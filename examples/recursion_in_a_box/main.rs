//! A function that awaits itself, one level each second.
//! Watch the way down and up: `cargo run --example recursion_in_a_box`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("1 + 2 + 3 = {}", sum(3).await);
}

async fn sum(number: u32) -> u32 {
    if number == 0 {
        return 0;
    }
    println!("down to {number}");
    sleep(Duration::from_secs(1)).await;
    let rest = Box::pin(sum(number - 1)).await;
    println!("up from {number}");
    number + rest
}
// ANCHOR_END: listing
