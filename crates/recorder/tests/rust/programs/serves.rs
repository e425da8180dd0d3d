//! A server, and no client.
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    loop {
        listener.accept().await.unwrap();
    }
}
