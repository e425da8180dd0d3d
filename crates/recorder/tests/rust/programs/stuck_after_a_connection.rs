//! Two ends of a connection within the process, and then nobody notifies.
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::Notify;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let ends = tokio::join!(TcpStream::connect(address), listener.accept());
    sleep(Duration::from_secs(1)).await;
    drop(listener);
    sleep(Duration::from_secs(1)).await;
    let (near, far) = (ends.0.unwrap(), ends.1.unwrap().0);
    drop(far);
    sleep(Duration::from_secs(1)).await;

    let packets = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    packets.send_to(b"to itself", packets.local_addr().unwrap()).await.unwrap();
    sleep(Duration::from_secs(1)).await;
    drop(packets);
    Notify::new().notified().await;
    drop(near);
}
