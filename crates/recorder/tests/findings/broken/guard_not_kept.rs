//! The guard is dropped in the line that takes it: both write to the log at once.

use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::sleep;

async fn write(turn: &Mutex<()>, who: &str) {
    let _ = turn.lock().await;
    println!("{who} begins");
    sleep(Duration::from_millis(10)).await;
    println!("{who} ends");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let turn = Mutex::new(());
    tokio::join!(write(&turn, "a"), write(&turn, "b"));
}
