//! A worker that blocks on a future while it is none.
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::block_in_place;
use tokio::time::sleep;

#[tokio::main]
async fn main() {
    println!("{}", block_in_place(|| Handle::current().block_on(answer())));
}

async fn answer() -> u32 {
    sleep(Duration::from_millis(10)).await;
    42
}
