//! Branches of one task take two locks in one order, and one of them may not get
//! what another task has, in time.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (stock, till) = (Arc::new(Mutex::new(3)), Arc::new(Mutex::new(0)));
    let deal = |n: i32| {
        let (stock, till) = (stock.clone(), till.clone());
        async move {
            let mut stock = stock.lock().await;
            sleep(Duration::from_millis(5)).await;
            *till.lock().await += n;
            *stock -= n;
        }
    };
    let both = async { tokio::join!(deal(1), deal(-1)) };
    println!("{:?}", timeout(Duration::from_secs(1), both).await);
    let (theirs, other) = (stock.clone(), till.clone());
    let long = tokio::spawn(async move {
        let _both = (theirs.lock().await, other.lock().await);
        sleep(Duration::from_millis(50)).await;
    });
    tokio::task::yield_now().await;
    let tries = async { tokio::join!(stock.lock(), till.lock()).0.to_string() };
    println!("{:?}", timeout(Duration::from_millis(20), tries).await);
    long.await.unwrap();
}
