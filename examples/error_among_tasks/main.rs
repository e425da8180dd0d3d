//! Two tasks are awaited together, and one fails while the other sleeps.
//! Watch for `bar is done`, against `error_among_siblings`: `cargo run --example error_among_tasks`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task1 = tokio::spawn(foo());
    let task2 = tokio::spawn(bar());
    if let Err(error) = tokio::try_join!(result(task1), result(task2)) {
        println!("main got: {error}");
    }
    sleep(Duration::from_secs(2)).await;
    println!("main is done");
}

async fn result<T, E>(task: JoinHandle<Result<T, E>>) -> Result<T, E> {
    task.await.unwrap()
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
