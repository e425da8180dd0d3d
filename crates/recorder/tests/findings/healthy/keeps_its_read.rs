use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, duplex};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{interval, sleep, timeout};

/// Gives up a peer that is too slow, and reads of the next one.
async fn first_word(limit: Duration) -> Option<[u8; 4]> {
    let (mut there, mut here) = duplex(64);
    tokio::spawn(async move {
        for byte in b"abcdefgh" {
            sleep(Duration::from_millis(40)).await;
            let _ = there.write_all(&[*byte]).await;
        }
    });
    let mut word = [0; 4];
    timeout(limit, here.read_exact(&mut word)).await.ok()?.ok()?;
    Some(word)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for limit in [100, 100, 1000] {
        println!("{:?}", first_word(Duration::from_millis(limit)).await);
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        for _ in 0..3 {
            let mut peer = TcpStream::connect(address).await.unwrap();
            peer.write_all(b"ab").await.unwrap();
            sleep(Duration::from_millis(50)).await;
        }
    });
    for _ in 0..3 {
        let (mut peer, _) = listener.accept().await.unwrap();
        let mut word = [0; 4];
        let read = timeout(Duration::from_millis(20), peer.read_exact(&mut word)).await;
        println!("{}", read.is_err());
    }
    let (mut there, here) = duplex(64);
    tokio::spawn(async move {
        for byte in b"a line\nanother\n" {
            sleep(Duration::from_millis(20)).await;
            there.write_all(&[*byte]).await.unwrap();
        }
    });
    let mut lines = BufReader::new(here).lines();
    let mut tick = interval(Duration::from_millis(50));
    loop {
        tokio::select! {
            line = lines.next_line() => match line.unwrap() {
                Some(line) => println!("{line}"),
                None => break,
            },
            _ = tick.tick() => {}
        }
    }
}
