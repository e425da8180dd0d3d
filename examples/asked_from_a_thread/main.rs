//! A thread that is none of the runtime's has it compute something.
//! Watch who waits, and who does the work: `cargo run --example asked_from_a_thread`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let runtime = Handle::current();
    let thread = spawn_blocking(move || ask(&runtime));
    println!("main: free for others");
    thread.await.unwrap();
}

fn ask(runtime: &Handle) {
    let (sender, answer) = oneshot::channel();
    runtime.spawn(async move { sender.send(twice(21).await) });
    println!("the thread: got {}", answer.blocking_recv().unwrap());
}

async fn twice(number: u32) -> u32 {
    sleep(Duration::from_secs(1)).await;
    number * 2
}
// ANCHOR_END: listing
