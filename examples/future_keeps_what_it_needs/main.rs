//! Three functions fill a buffer of 1,000 bytes: what of it do their futures keep?
//! Watch the sizes: `cargo run --example future_keeps_what_it_needs`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("over the await: {}", size(&over_the_await()));
    println!("before the await: {}", size(&before_the_await()));
    println!("in a box: {}", size(&Box::pin(over_the_await())));
    println!("{}", over_the_await().await);
    println!("{}", before_the_await().await);
}

/// Roughly: whether there is room for the buffer in it.
fn size<F>(_: &F) -> &'static str {
    match size_of::<F>() {
        0..16 => "a pointer",
        16..1000 => "less than the buffer",
        _ => "the buffer and more",
    }
}

async fn over_the_await() -> usize {
    let buffer = [1; 1000].map(|one: u8| one);
    sleep(Duration::from_secs(1)).await;
    buffer.len()
}

async fn before_the_await() -> usize {
    let length = {
        let buffer = [1; 1000].map(|one: u8| one);
        buffer.len()
    };
    sleep(Duration::from_secs(1)).await;
    length
}
// ANCHOR_END: listing
