//! Two branches of one task wait for each other's lock, until their time is over.

use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (stock, till) = (Mutex::new(3), Mutex::new(0));
    let sell = async {
        let mut stock = stock.lock().await;
        sleep(Duration::from_millis(5)).await;
        *till.lock().await += 1;
        *stock -= 1;
    };
    let buy = async {
        let mut till = till.lock().await;
        sleep(Duration::from_millis(5)).await;
        *stock.lock().await += 1;
        *till -= 1;
    };
    let both = async { tokio::join!(sell, buy) };
    println!("{:?}", timeout(Duration::from_secs(1), both).await);
}
