//! Main has the lock while it waits for the tasks of its set, which ask for it.

use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::task::JoinSet;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let stock = Arc::new(Mutex::new(10));
    let left = stock.lock().await;
    let mut buyers = JoinSet::new();
    for wanted in 1..3 {
        let stock = stock.clone();
        buyers.spawn(async move { *stock.lock().await -= wanted });
    }
    while let Some(bought) = buyers.join_next().await {
        bought.unwrap();
    }
    println!("{left}");
}
