//! `main` takes the items of a stream, each of which is half a second in the
//! making.
//! Watch when each item comes: `cargo run --example stream_item_by_item`
use timed::println;

// ANCHOR: listing
use futures::stream::{self, Stream, StreamExt};
use std::pin::pin;
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("start");
    let mut items = pin!(items());
    while let Some(item) = items.next().await {
        println!("item {item}");
    }
    println!("no more");
}

fn items() -> impl Stream<Item = u32> {
    stream::iter(0..3).then(|i| async move {
        sleep(Duration::from_millis(500)).await;
        i
    })
}
// ANCHOR_END: listing
