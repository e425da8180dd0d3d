//! Two tasks each have a value of their own under one name.
//! Watch which value each one sees after its sleep: `cargo run --example value_per_task`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

tokio::task_local! {
    static USER: &'static str;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task1 = tokio::spawn(USER.scope("foo", greet(1)));
    let task2 = tokio::spawn(USER.scope("bar", greet(2)));
    task1.await.unwrap();
    task2.await.unwrap();
}

async fn greet(seconds: u64) {
    println!("Hello {}", USER.get());
    sleep(Duration::from_secs(seconds)).await;
    println!("still {}", USER.get());
}
// ANCHOR_END: listing
