use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (mut there, mut here) = duplex(4);
    let reads = tokio::spawn(async move {
        sleep(Duration::from_millis(100)).await;
        let mut text = String::new();
        there.read_to_string(&mut text).await.unwrap();
        println!("{text}");
    });
    for word in ["first.", "second."] {
        let send = here.write_all(word.as_bytes());
        if timeout(Duration::from_millis(80), send).await.is_err() {
            println!("{word} is late");
        }
    }
    drop(here);
    reads.await.unwrap();
}
