//! Ten pages are fetched one after the other, from a server that takes 0.2 s
//! for each.
//! Watch how long it takes in all: `cargo run --example pages_in_turn`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use std::{io, net::SocketAddr};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    println!("start");
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let server = listener.local_addr()?;
    tokio::spawn(serve(listener));
    for page in 0..10 {
        println!("{}", fetch(server, page).await?);
    }
    Ok(())
}

async fn fetch(server: SocketAddr, page: u32) -> io::Result<String> {
    let mut socket = TcpStream::connect(server).await?;
    socket.write_all(format!("{page}\n").as_bytes()).await?;
    let mut text = String::new();
    socket.read_to_string(&mut text).await?;
    Ok(text)
}

async fn serve(listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((socket, _)) => {
                tokio::spawn(answer(BufReader::new(socket)));
            }
            Err(_) => sleep(Duration::from_secs(1)).await,
        }
    }
}

async fn answer(mut socket: BufReader<TcpStream>) -> io::Result<()> {
    let mut page = String::new();
    socket.read_line(&mut page).await?;
    sleep(Duration::from_millis(200)).await;
    socket.write_all(format!("page {}", page.trim_end()).as_bytes()).await
}
// ANCHOR_END: listing
