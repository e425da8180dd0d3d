//! Two equal computations, one after the other.
//! Watch how long both take: `cargo run --example computing_in_turn`
use timed::println;

// ANCHOR: listing
fn main() {
    println!("start");
    println!("{} primes", primes_below(400_000));
    println!("{} primes", primes_below(400_000));
}

fn primes_below(n: u32) -> usize {
    (2..n).filter(|&n| (2..).take_while(|d| d * d <= n).all(|d| n % d != 0)).count()
}
// ANCHOR_END: listing
