//! An async function is called, and awaited only later.
//! Watch when `foo` is printed: `cargo run --example call_runs_nothing`
use timed::println;

// ANCHOR: listing
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let future = foo();
    println!("called");
    future.await;
}

async fn foo() {
    println!("foo");
}
// ANCHOR_END: listing
