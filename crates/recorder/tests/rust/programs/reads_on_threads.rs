//! Threads that read and accept by std's own calls, beside tasks.
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let client = tokio::task::spawn_blocking(move || read_all(address));
    let (mut server, _) = listener.accept().await.unwrap();
    sleep(Duration::from_millis(100)).await;
    server.write_all(b"hi").await.unwrap();
    drop(server);
    println!("{}", client.await.unwrap());

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || serve(listener));
    sleep(Duration::from_millis(100)).await;
    let mut client = TcpStream::connect(address).await.unwrap();
    let mut text = String::new();
    client.read_to_string(&mut text).await.unwrap();
    println!("{text}");
    server.join().unwrap();
}

fn read_all(address: SocketAddr) -> String {
    let mut server = std::net::TcpStream::connect(address).unwrap();
    let mut text = String::new();
    server.read_to_string(&mut text).unwrap();
    text
}

fn serve(listener: std::net::TcpListener) {
    let (mut client, _) = listener.accept().unwrap();
    client.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let late = client.read(&mut [0]).unwrap_err();
    write!(client, "{:?}", late.kind()).unwrap();
    client.shutdown(Shutdown::Write).unwrap();

    let (mut near, mut far) = std::io::pipe().unwrap();
    let writer = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        far.write_all(b"through a pipe").unwrap();
    });
    let mut text = String::new();
    near.read_to_string(&mut text).unwrap();
    println!("{text}");
    writer.join().unwrap();
}
