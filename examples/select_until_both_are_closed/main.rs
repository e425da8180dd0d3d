//! Two queues are read together until both are closed.
//! Watch which one is asked: `cargo run --example select_until_both_are_closed`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (mut orders, mut returns) = (shop("order", 2, 300), shop("return", 3, 500));
    let mut open = true;
    loop {
        tokio::select! {
            biased;
            Some(order) = orders.recv() => println!("{order}"),
            back = returns.recv(), if open => match back {
                Some(back) => println!("{back}"),
                None => open = false,
            },
            else => break println!("closed"),
        }
    }
}

fn shop(what: &'static str, how_many: u64, pause: u64) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel(8);
    tokio::spawn(async move {
        for number in 1..=how_many {
            sleep(Duration::from_millis(pause)).await;
            sender.send(format!("{what} {number}")).await.unwrap();
        }
    });
    receiver
}
// ANCHOR_END: listing
