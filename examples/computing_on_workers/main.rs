//! A long and a short computation, each in a task, on a runtime with two
//! workers.
//! Watch which one is done first: `cargo run --example computing_on_workers`
use timed::println;

// CLASS: seen
// ANCHOR: listing
#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    println!("start");
    let long = tokio::spawn(count_primes(400_000));
    let short = tokio::spawn(count_primes(50_000));
    long.await.unwrap();
    short.await.unwrap();
}

async fn count_primes(n: u32) {
    println!("{} primes below {n}", primes_below(n));
}

fn primes_below(n: u32) -> usize {
    (2..n).filter(|&n| (2..).take_while(|d| d * d <= n).all(|d| n % d != 0)).count()
}
// ANCHOR_END: listing
