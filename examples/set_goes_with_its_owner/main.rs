//! A search asks three shelves, and goes as soon as one of them has answered.
//! Watch what becomes of the others: `cargo run --example set_goes_with_its_owner`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("found on shelf {}", search().await);
    sleep(Duration::from_secs(5)).await;
}

async fn search() -> u64 {
    let mut shelves = JoinSet::new();
    for shelf in [3, 1, 2] {
        shelves.spawn(look(shelf));
    }
    shelves.join_next().await.unwrap().unwrap()
}

async fn look(shelf: u64) -> u64 {
    sleep(Duration::from_secs(shelf)).await;
    println!("shelf {shelf} has it");
    shelf
}
// ANCHOR_END: listing
