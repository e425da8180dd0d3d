//! `main` starts a blocking call in the pool of threads, and returns at once.
//! Watch when the program ends: `cargo run --example exit_waits_for_thread`
use timed::println;

// ANCHOR: listing
use std::thread::sleep;
use std::time::Duration;
use tokio::task::spawn_blocking;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello");
    spawn_blocking(foo);
    println!("World");
}

fn foo() {
    sleep(Duration::from_secs(1));
    println!("foo");
}
// ANCHOR_END: listing
