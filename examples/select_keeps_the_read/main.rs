//! A reader keeps the read that it has begun while it looks at the clock.
//! Watch for the words: `cargo run --example select_keeps_the_read`
use timed::println;

// ANCHOR: listing
use std::pin::pin;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (client, mut server) = duplex(64);
    tokio::spawn(send(client));
    let mut read = pin!(next_word(&mut server));
    loop {
        let (word, stream) = tokio::select! {
            read = &mut read => read,
            _ = sleep(Duration::from_millis(400)) => {
                println!("tick");
                continue;
            }
        };
        match word {
            Some(word) => println!("{word}"),
            None => break println!("end of file"),
        }
        read.set(next_word(stream));
    }
}

async fn next_word(stream: &mut DuplexStream) -> (Option<String>, &mut DuplexStream) {
    let mut word = [0; 4];
    let read = stream.read_exact(&mut word).await;
    (read.ok().map(|_| String::from_utf8_lossy(&word).into_owned()), stream)
}

async fn send(mut client: DuplexStream) {
    for part in ["wa", "ve", "fa", "ll"] {
        sleep(Duration::from_millis(250)).await;
        client.write_all(part.as_bytes()).await.unwrap();
    }
}
// ANCHOR_END: listing
