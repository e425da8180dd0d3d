use std::time::Duration;
use tokio::sync::mpsc::{self, Receiver};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (orders, mut queue) = mpsc::channel(8);
    orders.send("tea").await.unwrap();
    for _ in 0..5 {
        tokio::select! {
            order = next_order(&mut queue) => return println!("{order}"),
            _ = sleep(Duration::from_millis(300)) => println!("tick"),
        }
    }
    println!("no order");
}

/// Takes an order and checks it, for 0.8 s.
async fn next_order(queue: &mut Receiver<&'static str>) -> &'static str {
    let order = queue.recv().await.unwrap();
    order
}
