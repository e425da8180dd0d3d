//! A guard of std's mutex is kept over an await: the other branch blocks the
//! thread that the first needs to go on.

use std::sync::Mutex;
use std::time::Duration;

async fn add(total: &Mutex<u32>, n: u32) {
    let mut total = total.lock().unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    *total += n;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let total = Mutex::new(0);
    tokio::join!(add(&total, 1), add(&total, 2));
}
