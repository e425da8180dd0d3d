//! Two functions are awaited together, and their results come back in order.
//! Watch which one is done first: `cargo run --example two_functions_joined`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::join;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Starting main function");
    let (result1, result2) = join!(my_async_function1(), my_async_function2());
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
