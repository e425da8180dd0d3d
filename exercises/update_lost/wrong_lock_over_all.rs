use std::cell::Cell;
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let balance = Cell::new(0);
    pay(&balance, 50).await;
    pay(&balance, 150).await;
    println!("balance: {}", balance.get());
}

async fn pay(balance: &Cell<i32>, amount: i32) {
    let old = balance.get();
    approve().await;
    balance.set(old + amount);
}

/// It takes a second.
async fn approve() {
    sleep(Duration::from_secs(1)).await;
}
