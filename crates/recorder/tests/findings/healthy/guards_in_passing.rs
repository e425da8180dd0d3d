//! Guards and permits that are used in the statement that takes them, or kept.

use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::{Mutex, Semaphore};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (seats, guests) = (Semaphore::new(2), Mutex::new(HashMap::new()));
    let _seat = seats.acquire().await.unwrap();
    let _ = guests.lock().await.insert("Ada", 3);
    *guests.lock().await.entry("Ada").or_insert(0) += 1;
    sleep(Duration::from_millis(10)).await;
    let there = guests.lock().await.len();
    println!("{there} at the table, {} seats left", seats.available_permits());
    seats.close();
    let _ = seats.acquire().await;
}
