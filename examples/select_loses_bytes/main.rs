//! A reader wants words of four bytes, and looks at the clock between them.
//! Watch for the words: `cargo run --example select_loses_bytes`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (client, mut server) = duplex(64);
    tokio::spawn(send(client));
    let mut word = [0; 4];
    loop {
        tokio::select! {
            read = server.read_exact(&mut word) => match read {
                Ok(_) => println!("{}", String::from_utf8_lossy(&word)),
                Err(error) => break println!("{error}"),
            },
            _ = sleep(Duration::from_millis(400)) => println!("tick"),
        }
    }
}

async fn send(mut client: DuplexStream) {
    for part in ["wa", "ve", "fa", "ll"] {
        sleep(Duration::from_millis(250)).await;
        client.write_all(part.as_bytes()).await.unwrap();
    }
}
// ANCHOR_END: listing
