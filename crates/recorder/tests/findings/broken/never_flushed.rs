//! The question stays in the buffer, so that both sides wait to read.

use tokio::io::{AsyncReadExt, AsyncWriteExt, BufWriter, DuplexStream, duplex};

async fn answer(mut asks: DuplexStream) {
    let question = asks.read_u16().await.unwrap();
    println!("asked for {question}");
    asks.write_u16(question + 1).await.unwrap();
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (here, there) = duplex(64);
    let there = tokio::spawn(answer(there));
    let mut here = BufWriter::new(here);
    here.write_u16(41).await.unwrap();
    println!("got {}", here.read_u16().await.unwrap());
    there.await.unwrap();
}
