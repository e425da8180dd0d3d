//! The same computation three ways: in turn, as tasks, on the blocking pool.
//! Watch from which size on the others win, and on which runtime:
//! `cargo run --release --example cpu_work_workers -- 1000`

// ANCHOR: listing
use std::env::args;
use std::time::Instant;
use tokio::task::JoinSet;

const PIECES: u64 = 64;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let rounds = args().nth(1).map_or(1000, |n| n.parse().expect("a number"));

    let start = Instant::now();
    let mut sum = 0u64;
    for piece in 0..PIECES {
        sum = sum.wrapping_add(work(piece, rounds));
    }
    println!("in turn        {} µs", start.elapsed().as_micros());

    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for piece in 0..PIECES {
        tasks.spawn(async move { work(piece, rounds) });
    }
    assert_eq!(sum, total(tasks).await);
    println!("spawn          {} µs", start.elapsed().as_micros());

    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for piece in 0..PIECES {
        tasks.spawn_blocking(move || work(piece, rounds));
    }
    assert_eq!(sum, total(tasks).await);
    println!("spawn_blocking {} µs", start.elapsed().as_micros());
}

/// Nothing but computing: each step needs the one before it.
fn work(seed: u64, rounds: u64) -> u64 {
    let mut x = seed + 1;
    for _ in 0..rounds {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    x
}

async fn total(tasks: JoinSet<u64>) -> u64 {
    tasks.join_all().await.into_iter().fold(0, u64::wrapping_add)
}
// ANCHOR_END: listing
