//! Calls, awaits, yields and spawns 100,000 times each, and says what one took.
//! In a debug build everything costs several times as much, so:
//! `cargo run --release --example count_the_cost` (or `count_the_cost_workers`)

// ANCHOR: listing
use std::hint::black_box;
use std::time::Instant;
use tokio::task::yield_now;

const TIMES: u32 = 100_000;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    for n in 0..TIMES {
        black_box(call(n));
    }
    println!("call            {:?}", start.elapsed() / TIMES);

    let start = Instant::now();
    for n in 0..TIMES {
        black_box(ready(n).await);
    }
    println!("await           {:?}", start.elapsed() / TIMES);

    let start = Instant::now();
    for _ in 0..TIMES {
        yield_now().await;
    }
    println!("yield_now       {:?}", start.elapsed() / TIMES);

    let start = Instant::now();
    for n in 0..TIMES {
        black_box(tokio::spawn(ready(n)).await.unwrap());
    }
    println!("spawn and await {:?}", start.elapsed() / TIMES);
}

#[inline(never)]
fn call(n: u32) -> u32 {
    black_box(n) + 1
}

/// Awaiting it never suspends.
async fn ready(n: u32) -> u32 {
    call(n)
}
// ANCHOR_END: listing
