//! Each message has its length before it, through a pipe with room for four bytes.
//! Watch the sender wait: `cargo run --example frames_with_their_length`
use timed::println;

// ANCHOR: listing
use std::io;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, duplex};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (client, mut server) = duplex(4);
    let sender = tokio::spawn(send(client));
    while let Ok(message) = read_frame(&mut server).await {
        println!("got {}", String::from_utf8_lossy(&message));
        sleep(Duration::from_secs(1)).await;
    }
    sender.await.unwrap().unwrap();
}

async fn send(mut client: impl AsyncWrite + Unpin) -> io::Result<()> {
    for message in ["Hello", "", "World"] {
        write_frame(&mut client, message.as_bytes()).await?;
        println!("sent {message}");
    }
    Ok(())
}

async fn write_frame(to: &mut (impl AsyncWrite + Unpin), message: &[u8]) -> io::Result<()> {
    let length = u16::try_from(message.len()).map_err(io::Error::other)?;
    to.write_u16(length).await?;
    to.write_all(message).await
}

async fn read_frame(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut message = vec![0; from.read_u16().await?.into()];
    from.read_exact(&mut message).await?;
    Ok(message)
}
// ANCHOR_END: listing
