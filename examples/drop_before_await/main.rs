//! A future that nobody has awaited, and that is no task, is cancelled.
//! Watch what it takes: `cargo run --example drop_before_await`
use timed::println;

// ANCHOR: listing
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let future = foo();
    drop(future);
    println!("foo is cancelled");
}

async fn foo() {
    println!("foo");
}
// ANCHOR_END: listing
