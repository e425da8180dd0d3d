//! A task tries to start the runtime that it runs on once more.
//! Watch what `main` hears of it: `cargo run --example runtime_within_runtime`
use timed::println;

// ANCHOR: listing
use tokio::runtime::Handle;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task = tokio::spawn(async {
        Handle::current().block_on(foo());
    });
    match task.await {
        Ok(()) => println!("it works"),
        Err(_) => println!("a thread runs one loop at a time"),
    }
}

async fn foo() {
    println!("foo");
}
// ANCHOR_END: listing
