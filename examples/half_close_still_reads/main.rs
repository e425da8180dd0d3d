//! A client says that it has sent everything, and then reads the answer.
//! Watch what the server waits for: `cargo run --example half_close_still_reads`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (mut client, server) = duplex(64);
    tokio::spawn(serve(server));
    for number in ["1 ", "2 ", "3"] {
        client.write_all(number.as_bytes()).await.unwrap();
        sleep(Duration::from_secs(1)).await;
    }
    client.shutdown().await.unwrap();
    println!("that was all");
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.unwrap();
    println!("the sum is {answer}");
}

async fn serve(mut server: DuplexStream) {
    let mut numbers = String::new();
    server.read_to_string(&mut numbers).await.unwrap();
    println!("got {numbers}");
    let sum: u32 = numbers.split(' ').map(|number| number.parse::<u32>().unwrap()).sum();
    server.write_all(sum.to_string().as_bytes()).await.unwrap();
}
// ANCHOR_END: listing
