//! A test of a server that hangs up on silence, with a pipe in memory as its network.
//! Watch how long the client has to be silent: `cargo run --example test_without_a_network`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, duplex};
use tokio::time::{Instant, advance, timeout};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (mut client, server) = duplex(64);
    let server = tokio::spawn(serve(server));
    let mut answer = [0; 4];
    client.write_all(b"ping").await.unwrap();
    client.read_exact(&mut answer).await.unwrap();
    println!("{}", String::from_utf8_lossy(&answer));

    advance(Duration::from_secs(4)).await;
    assert!(!server.is_finished());
    println!("still there after 4 s");

    let since = Instant::now();
    assert_eq!(client.read(&mut answer).await.unwrap(), 0);
    println!("it hangs up after {:?} more", since.elapsed());
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    let mut question = [0; 4];
    while let Ok(Ok(_)) = timeout(Duration::from_secs(5), stream.read_exact(&mut question)).await {
        stream.write_all(b"pong").await.unwrap();
    }
}
// ANCHOR_END: listing
