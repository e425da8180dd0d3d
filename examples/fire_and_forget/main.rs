//! Two tasks are spawned and forgotten, and `main` happens to sleep long
//! enough.
//! Watch for both `Done`: `cargo run --example fire_and_forget`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Starting main function");
    tokio::spawn(my_async_function1());
    tokio::spawn(my_async_function2());
    println!("main function doing other work");
    sleep(Duration::from_secs(3)).await;
    println!("Done with main function");
}

async fn my_async_function1() {
    println!("Hello from my async function 1");
    sleep(Duration::from_secs(2)).await;
    println!("Done with async function 1");
}

async fn my_async_function2() {
    println!("Hello from my async function 2");
    sleep(Duration::from_secs(1)).await;
    println!("Done with async function 2");
}
// ANCHOR_END: listing
