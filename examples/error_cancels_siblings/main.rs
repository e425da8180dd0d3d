//! Two tasks form a group, and one that fails takes the other with it.
//! Watch for `bar is done`: `cargo run --example error_cancels_siblings`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut tasks = JoinSet::new();
    tasks.spawn(foo());
    tasks.spawn(bar());
    while let Some(result) = tasks.join_next().await {
        if let Err(error) = result.unwrap() {
            println!("main got: {error}");
            tasks.shutdown().await;
        }
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
