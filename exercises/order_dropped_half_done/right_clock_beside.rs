use std::time::Duration;
use tokio::sync::mpsc::{self, Receiver};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (orders, mut queue) = mpsc::channel(8);
    orders.send("tea").await.unwrap();
    let ticking = tokio::spawn(clock());
    println!("{}", next_order(&mut queue).await);
    ticking.abort();
}

async fn clock() {
    loop {
        sleep(Duration::from_millis(300)).await;
        println!("tick");
    }
}

/// Takes an order and checks it, for 0.8 s.
async fn next_order(queue: &mut Receiver<&'static str>) -> &'static str {
    let order = queue.recv().await.unwrap();
    sleep(Duration::from_millis(800)).await;
    order
}
