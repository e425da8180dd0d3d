//! What was borrowed of a watch channel is kept while its sender sends.

use tokio::sync::watch;

#[tokio::main]
async fn main() {
    let (tx, rx) = watch::channel(1);
    let seen = rx.borrow();
    tx.send(*seen + 1).unwrap();
    println!("sent");
}
