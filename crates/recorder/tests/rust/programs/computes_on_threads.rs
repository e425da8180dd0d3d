//! Two threads compute: the shorter is done first, though it began second.
use tokio::task::spawn_blocking;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let long = spawn_blocking(|| println!("long {}", primes_below(1_000_000)));
    let short = spawn_blocking(|| println!("short {}", primes_below(10)));
    long.await.unwrap();
    short.await.unwrap();
}

fn primes_below(n: u32) -> usize {
    (2..n).filter(|&n| (2..).take_while(|d| d * d <= n).all(|d| n % d != 0)).count()
}
