//! Two functions are awaited one after the other.
//! Watch when the second one says hello: `cargo run --example two_functions_in_turn`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Starting main function");
    let result1 = my_async_function1().await;
    let result2 = my_async_function2().await;
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
