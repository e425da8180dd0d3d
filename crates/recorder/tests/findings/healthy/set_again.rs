//! Who sets a cell gives up, and the next in line sets it.

use std::time::Duration;
use tokio::sync::OnceCell;
use tokio::time::{sleep, timeout};

async fn look_up(who: &str) -> u32 {
    println!("{who} looks it up");
    sleep(Duration::from_millis(40)).await;
    42
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let cell = OnceCell::new();
    let hasty = timeout(Duration::from_millis(15), cell.get_or_init(|| look_up("hasty")));
    let calm = cell.get_or_init(|| look_up("calm"));
    let (hasty, calm) = tokio::join!(hasty, calm);
    println!("{hasty:?} and {calm}");
}
