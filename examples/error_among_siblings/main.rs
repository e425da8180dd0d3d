//! Two functions are awaited together, and one fails while the other sleeps.
//! Watch for `bar is done`: `cargo run --example error_among_siblings`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if let Err(error) = tokio::try_join!(foo(), bar()) {
        println!("main got: {error}");
    }
    sleep(Duration::from_secs(2)).await;
    println!("main is done");
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
