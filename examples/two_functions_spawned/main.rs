//! Two functions become tasks, and the handles bring their results back.
//! Watch which one is done first: `cargo run --example two_functions_spawned`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Starting main function");
    let task1 = tokio::spawn(my_async_function1());
    let task2 = tokio::spawn(my_async_function2());
    let result1 = task1.await.unwrap();
    let result2 = task2.await.unwrap();
    println!("Done with main function");
    println!("{:?}", (result1, result2));
}

async fn my_async_function1() -> &'static str {
    println!("Hello from my async function 1");
    sleep(Duration::from_secs(3)).await;
    println!("Done with async function 1");
    "my_async_function1 result"
}

async fn my_async_function2() -> &'static str {
    println!("Hello from my async function 2");
    sleep(Duration::from_secs(2)).await;
    println!("Done with async function 2");
    "my_async_function2 result"
}
// ANCHOR_END: listing
