//! `main` cancels a task in the moment that it is spawned.
//! Watch for `foo`: `cargo run --example abort_before_start`
use timed::println;

// ANCHOR: listing
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task = tokio::spawn(foo());
    task.abort();
    match task.await {
        Ok(()) => println!("finished"),
        Err(_) => println!("cancelled"),
    }
}

async fn foo() {
    println!("foo");
}
// ANCHOR_END: listing
