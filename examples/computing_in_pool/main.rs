//! A long and a short computation, each in a pool beside the runtime's one
//! thread.
//! Watch which one is done first: `cargo run --example computing_in_pool`
use timed::println;

// ANCHOR: listing
use tokio::task::spawn_blocking;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("start");
    let long = tokio::spawn(count_primes(400_000));
    let short = tokio::spawn(count_primes(50_000));
    long.await.unwrap();
    short.await.unwrap();
}

async fn count_primes(n: u32) {
    let count = spawn_blocking(move || primes_below(n)).await.unwrap();
    println!("{count} primes below {n}");
}

fn primes_below(n: u32) -> usize {
    (2..n).filter(|&n| (2..).take_while(|d| d * d <= n).all(|d| n % d != 0)).count()
}
// ANCHOR_END: listing
