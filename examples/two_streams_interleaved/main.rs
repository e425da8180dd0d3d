//! Two streams are consumed together, one item every 0.6 s and one every 0.8 s.
//! Watch the order of the items: `cargo run --example two_streams_interleaved`
use timed::println;

// ANCHOR: listing
use futures::stream::{self, Stream, StreamExt};
use std::pin::pin;
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("start");
    tokio::join!(consume(items("x", 600)), consume(items("y", 800)));
}

fn items(name: &'static str, milliseconds: u64) -> impl Stream<Item = String> {
    stream::iter(0..3).then(move |i| async move {
        sleep(Duration::from_millis(milliseconds)).await;
        format!("{name}{i}")
    })
}

async fn consume(stream: impl Stream<Item = String>) {
    let mut stream = pin!(stream);
    while let Some(item) = stream.next().await {
        println!("{item}");
    }
}
// ANCHOR_END: listing
