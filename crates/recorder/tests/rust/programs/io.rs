//! What comes from outside the tasks.
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, duplex, stdin};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::time::{Duration, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (mut near, far) = duplex(4);
    let reader = tokio::spawn(read_lines(far));
    near.write_all(b"one\ntwo\n").await.unwrap();
    drop(near);
    reader.await.unwrap();

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(echo(listener));
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(b"hello").await.unwrap();
    let mut back = String::new();
    client.read_to_string(&mut back).await.unwrap();
    println!("{back}");
    server.await.unwrap();

    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    let receiver = tokio::spawn(receive(socket));
    tokio::task::yield_now().await;
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.send_to(b"packet", address).await.unwrap();
    receiver.await.unwrap();

    println!("{}", tokio::fs::read_to_string("/no/such/file").await.is_err());
    let mut input = String::new();
    stdin().read_to_string(&mut input).await.unwrap();
    println!("input {input:?}");
    tokio::select! {
        biased;
        _ = tokio::signal::ctrl_c() => println!("interrupted"),
        () = sleep(Duration::from_secs(1)) => println!("not interrupted"),
    }
}

async fn read_lines(stream: impl tokio::io::AsyncRead + Unpin) {
    let mut lines = BufReader::new(stream).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        println!("{line}");
    }
}

async fn echo(listener: TcpListener) {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut buffer = [0; 16];
    let n = stream.read(&mut buffer).await.unwrap();
    sleep(Duration::from_millis(100)).await;
    stream.write_all(&buffer[..n]).await.unwrap();
}

async fn receive(socket: UdpSocket) {
    let mut buffer = [0; 16];
    println!("{}", socket.recv(&mut buffer).await.unwrap());
}
