//! Two tasks lock the same two accounts, each in an order of its own.
//! Watch what is never printed: `cargo run --example accounts_deadlocked`
use timed::println;

// ANCHOR: listing
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

type Account = Arc<Mutex<i32>>;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (ann, bob) = (Account::default(), Account::default());
    let rent = tokio::spawn(pay_rent(ann.clone(), bob.clone()));
    let repair = tokio::spawn(pay_repair(ann, bob));
    let both = async { tokio::join!(rent, repair) };
    match timeout(Duration::from_secs(5), both).await {
        Ok(_) => println!("all is paid"),
        Err(_) => println!("nothing for five seconds"),
    }
}

async fn pay_rent(ann: Account, bob: Account) {
    let mut ann = ann.lock().await;
    println!("rent: ann's account is open");
    sleep(Duration::from_millis(100)).await;
    let mut bob = bob.lock().await;
    *ann -= 500;
    *bob += 500;
    println!("rent: paid");
}

async fn pay_repair(ann: Account, bob: Account) {
    let mut bob = bob.lock().await;
    println!("repair: bob's account is open");
    sleep(Duration::from_millis(100)).await;
    let mut ann = ann.lock().await;
    *bob -= 80;
    *ann += 80;
    println!("repair: paid");
}
// ANCHOR_END: listing
