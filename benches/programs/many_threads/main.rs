//! Starts as many threads as you say and lets each sleep for a second.
//! Watch where it stops: `cargo run --release --example many_threads -- 10000`

// ANCHOR: listing
use std::env::args;
use std::thread;
use std::time::Duration;

fn main() {
    let n = args().nth(1).map_or(10, |n| n.parse().expect("a number of threads"));

    let mut threads = Vec::new();
    for started in 0..n {
        match thread::Builder::new().spawn(|| thread::sleep(Duration::from_secs(1))) {
            Ok(thread) => threads.push(thread),
            Err(error) => panic!("no more than {started} threads: {error}"),
        }
    }
    for thread in threads {
        thread.join().unwrap();
    }
    println!("{n} threads have slept");
}
// ANCHOR_END: listing
