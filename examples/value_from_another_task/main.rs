//! `main` waits for a value that a task hands over before it is done.
//! Watch when `main` has it: `cargo run --example value_from_another_task`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("main waits");
    let (sender, receiver) = oneshot::channel();
    let task = tokio::spawn(foo(sender));
    println!("main got {}", receiver.await.unwrap());
    task.await.unwrap();
    println!("foo is done");
}

async fn foo(sender: oneshot::Sender<u32>) {
    sleep(Duration::from_secs(1)).await;
    sender.send(42).unwrap();
    sleep(Duration::from_secs(1)).await;
}
// ANCHOR_END: listing
