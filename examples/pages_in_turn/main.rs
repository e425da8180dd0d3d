//! Ten pages are fetched one after the other, from a server that takes 0.2 s
//! for each.
//! Watch how long it takes in all: `cargo run --example pages_in_turn`
use timed::println;

// ANCHOR: listing
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("start");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    tokio::spawn(serve(listener));
    for page in 0..10 {
        println!("{}", fetch(server, page).await);
    }
}

async fn fetch(server: SocketAddr, page: u32) -> String {
    let mut socket = TcpStream::connect(server).await.unwrap();
    socket.write_all(format!("{page}\n").as_bytes()).await.unwrap();
    let mut text = String::new();
    socket.read_to_string(&mut text).await.unwrap();
    text
}

async fn serve(listener: TcpListener) {
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        tokio::spawn(answer(BufReader::new(socket)));
    }
}

async fn answer(mut socket: BufReader<TcpStream>) {
    let mut page = String::new();
    socket.read_line(&mut page).await.unwrap();
    sleep(Duration::from_millis(200)).await;
    socket.write_all(format!("page {}", page.trim_end()).as_bytes()).await.unwrap();
}
// ANCHOR_END: listing
