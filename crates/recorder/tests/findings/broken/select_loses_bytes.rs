use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::time::{interval, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (mut there, mut here) = duplex(64);
    tokio::spawn(async move {
        for byte in b"abcdefgh" {
            sleep(Duration::from_millis(40)).await;
            there.write_all(&[*byte]).await.unwrap();
        }
    });
    let mut tick = interval(Duration::from_millis(100));
    let mut word = [0; 4];
    loop {
        tokio::select! {
            read = here.read_exact(&mut word) => match read {
                Ok(_) => println!("{}", String::from_utf8_lossy(&word)),
                Err(_) => break,
            },
            _ = tick.tick() => println!("tick"),
        }
    }
}
