//! The program `v1` without async: plain functions and a sleep that blocks.
//! Watch for any difference from `v1`: `cargo run --example v1_sync`
use timed::println;

// ANCHOR: listing
use std::thread::sleep;
use std::time::Duration;

fn main() {
    println!("Hello");
    foo();
    println!("World");
}

fn foo() {
    println!("foo");
    sleep(Duration::from_secs(1));
}
// ANCHOR_END: listing
