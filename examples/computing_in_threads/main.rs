//! Two equal computations, each in a thread.
//! Watch how long both take, against `computing_in_turn`:
//! `cargo run --example computing_in_threads`
use timed::println;

// ANCHOR: listing
use std::thread;

fn main() {
    println!("start");
    let threads = [400_000, 400_000].map(|n| thread::spawn(move || primes_below(n)));
    for thread in threads {
        println!("{} primes", thread.join().unwrap());
    }
}

fn primes_below(n: u32) -> usize {
    (2..n).filter(|&n| (2..).take_while(|d| d * d <= n).all(|d| n % d != 0)).count()
}
// ANCHOR_END: listing
