use std::cell::Cell;
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let balance = Cell::new(0);
    tokio::join!(pay(&balance, 50), pay(&balance, 150));
    println!("balance: {}", balance.get());
}

async fn pay(balance: &Cell<i32>, amount: i32) {
    approve().await;
    balance.set(balance.get() + amount);
}

/// It takes a second.
async fn approve() {
    sleep(Duration::from_secs(1)).await;
}
