//! One task has the account, and the others send it their requests.
//! Watch the withdrawals: `cargo run --example actor_owns_the_account`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

struct Withdraw {
    amount: u32,
    answer: oneshot::Sender<Result<u32, u32>>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (account, requests) = mpsc::channel(8);
    let actor = tokio::spawn(keep(requests));
    tokio::join!(withdraw("foo", 70, &account), withdraw("bar", 70, &account));
    drop(account);
    println!("left: {}", actor.await.unwrap());
}

async fn keep(mut requests: mpsc::Receiver<Withdraw>) -> u32 {
    let mut balance = 100;
    while let Some(request) = requests.recv().await {
        let answer = if request.amount <= balance {
            sleep(Duration::from_secs(1)).await;
            balance -= request.amount;
            Ok(balance)
        } else {
            Err(balance)
        };
        let _ = request.answer.send(answer);
    }
    balance
}

async fn withdraw(name: &str, amount: u32, account: &mpsc::Sender<Withdraw>) {
    let (answer, told) = oneshot::channel();
    account.send(Withdraw { amount, answer }).await.unwrap();
    match told.await.unwrap() {
        Ok(balance) => println!("{name} has {amount}, and leaves {balance}"),
        Err(balance) => println!("{name} is refused: there are {balance}"),
    }
}
// ANCHOR_END: listing
