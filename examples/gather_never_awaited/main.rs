//! Two functions are put together to be awaited, and never are.
//! Watch for `foo`: `cargo run --example gather_never_awaited`
use timed::println;

// ANCHOR: listing
use futures::future::join;
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    let _both = join(foo("foo", "bar"), foo("baz", "qux"));
    sleep(Duration::from_secs(2)).await;
    println!("World");
}

async fn foo(before: &str, after: &str) {
    println!("{before}");
    sleep(Duration::from_secs(1)).await;
    println!("{after}");
}
// ANCHOR_END: listing
