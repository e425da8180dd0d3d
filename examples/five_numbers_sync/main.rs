//! Five calls one after the other, with no async anywhere.
//! Watch for any difference from `five_numbers_blocking`: `cargo run --example five_numbers_sync`
use timed::println;

// ANCHOR: listing
use std::thread::sleep;
use std::time::{Duration, Instant};

fn main() {
    let start = Instant::now();
    for i in 0..5 {
        print_number(i);
    }
    println!("Total time: {:.0} seconds", start.elapsed().as_secs_f64());
}

fn print_number(i: u32) {
    println!("Sleeping for 1 second...");
    sleep(Duration::from_secs(1));
    println!("Number: {i}");
}
// ANCHOR_END: listing
