//! Two streams are consumed together, and all their items are there at once.
//! Watch the order of the items: `cargo run --example two_streams_never_suspending`
use timed::println;

// ANCHOR: listing
use futures::stream::{self, Stream, StreamExt};
use std::pin::pin;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::join!(consume(items("x")), consume(items("y")));
}

fn items(name: &'static str) -> impl Stream<Item = String> {
    stream::iter(0..3).map(move |i| format!("{name}{i}"))
}

async fn consume(stream: impl Stream<Item = String>) {
    let mut stream = pin!(stream);
    while let Some(item) = stream.next().await {
        println!("{item}");
    }
}
// ANCHOR_END: listing
