//! Two tasks on several workers pay 10 into an account, with a lock around each access.
//! Watch the balance, again and again: `cargo run --example balance_on_workers`
use timed::println;

// CLASS: seen
// ANCHOR: listing
use std::sync::Arc;
use tokio::sync::Mutex;

#[tokio::main]
async fn main() {
    let account = Arc::new(Mutex::new(0));
    let first = tokio::spawn(pay_in(account.clone()));
    let second = tokio::spawn(pay_in(account.clone()));
    first.await.unwrap();
    second.await.unwrap();
    println!("the balance is {}", account.lock().await);
}

async fn pay_in(account: Arc<Mutex<u32>>) {
    let balance = *account.lock().await;
    *account.lock().await = balance + 10;
}
// ANCHOR_END: listing
