//! Three tasks end in three ways: with a value, cancelled, and in a panic.
//! Watch what awaiting each one tells: `cargo run --example join_error_tells`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let finishes = tokio::spawn(async { 42 });
    let sleeps = tokio::spawn(async {
        sleep(Duration::from_secs(10)).await;
        42
    });
    let panics = tokio::spawn(async { panic!("boom") });
    sleeps.abort();
    tell(finishes).await;
    tell(sleeps).await;
    tell(panics).await;
}

async fn tell(task: JoinHandle<u32>) {
    match task.await {
        Ok(value) => println!("finished: {value}"),
        Err(error) if error.is_cancelled() => println!("cancelled"),
        Err(error) => {
            let payload = error.into_panic();
            println!("failed: {}", payload.downcast_ref::<&str>().unwrap());
        }
    }
}
// ANCHOR_END: listing
