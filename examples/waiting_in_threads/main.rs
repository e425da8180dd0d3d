//! Three waits of 0.6, 0.9 and 1.2 s, each in a thread.
//! Watch how long it takes in all: `cargo run --example waiting_in_threads`
use timed::println;

// ANCHOR: listing
use std::thread::{self, sleep};
use std::time::Duration;

fn main() {
    println!("start");
    let threads = [600, 900, 1200].map(|ms| thread::spawn(move || wait(ms)));
    for thread in threads {
        println!("waited {} ms", thread.join().unwrap());
    }
}

fn wait(ms: u64) -> u64 {
    sleep(Duration::from_millis(ms));
    ms
}
// ANCHOR_END: listing
