//! A client sends a text in pieces, and a server reads it by lines.
//! Watch when each line is there: `cargo run --example lines_out_of_pieces`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (client, server) = duplex(64);
    tokio::spawn(send(client));
    let mut lines = BufReader::new(server).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        println!("{line}");
    }
}

async fn send(mut client: DuplexStream) {
    for piece in ["one\ntwo\nth", "re", "e\nfour"] {
        client.write_all(piece.as_bytes()).await.unwrap();
        sleep(Duration::from_secs(1)).await;
    }
}
// ANCHOR_END: listing
