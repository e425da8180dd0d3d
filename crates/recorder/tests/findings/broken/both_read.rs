//! The server reads to the end, and the client waits for the answer before it closes.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

async fn serve(listener: TcpListener) {
    let (mut client, _) = listener.accept().await.unwrap();
    let mut name = String::new();
    client.read_to_string(&mut name).await.unwrap();
    client.write_all(name.to_uppercase().as_bytes()).await.unwrap();
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(serve(listener));
    let mut server = TcpStream::connect(address).await.unwrap();
    server.write_all(b"ada").await.unwrap();
    let mut loud = String::new();
    server.read_to_string(&mut loud).await.unwrap();
    println!("{loud}");
    serving.await.unwrap();
}
