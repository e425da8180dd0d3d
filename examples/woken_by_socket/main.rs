//! `main` waits for an answer from a server, and is woken when the socket has
//! it.
//! Watch who wakes `main`: `cargo run --example woken_by_socket`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(listener));
    let mut socket = TcpStream::connect(address).await.unwrap();
    println!("main sends ping");
    socket.write_all(b"ping").await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    println!("main got {answer}");
}

async fn serve(listener: TcpListener) {
    let (mut socket, _) = listener.accept().await.unwrap();
    let mut question = [0; 4];
    socket.read_exact(&mut question).await.unwrap();
    println!("server got {}", String::from_utf8_lossy(&question));
    sleep(Duration::from_secs(1)).await;
    socket.write_all(b"pong").await.unwrap();
}
// ANCHOR_END: listing
