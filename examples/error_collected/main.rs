//! Two functions are awaited together, and an error is a result like any other.
//! Watch when `main` hears of the error: `cargo run --example error_collected`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (result1, result2) = tokio::join!(foo(), bar());
    for result in [result1, result2] {
        match result {
            Ok(value) => println!("main got: {value}"),
            Err(error) => println!("main got: {error}"),
        }
    }
}

async fn foo() -> Result<&'static str, &'static str> {
    println!("foo");
    sleep(Duration::from_secs(1)).await;
    println!("foo fails");
    Err("error in foo")
}

async fn bar() -> Result<&'static str, &'static str> {
    println!("bar");
    sleep(Duration::from_secs(2)).await;
    println!("bar is done");
    Ok("result of bar")
}
// ANCHOR_END: listing
