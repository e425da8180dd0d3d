//! Who is at the other end of a connection, and whether they still are.

use std::net::SocketAddr;

use tokio::net::TcpStream;

/// The client of a connection.
#[derive(Clone, Debug)]
pub struct Client {
    /// Where they connect from.
    pub address: SocketAddr,
    /// Another descriptor of the connection.
    #[cfg(unix)]
    socket: std::sync::Arc<std::os::fd::OwnedFd>,
}

impl Client {
    /// The client of `stream`, connected from `address`.
    ///
    /// # Errors
    ///
    /// When there are too many open files.
    pub fn of(stream: &TcpStream, address: SocketAddr) -> std::io::Result<Self> {
        Ok(Client {
            address,
            #[cfg(unix)]
            socket: {
                use std::os::fd::AsFd;
                std::sync::Arc::new(stream.as_fd().try_clone_to_owned()?)
            },
        })
    }

    /// Waits until the client has closed the connection. The server itself does
    /// not see that as long as there is something to read that it does not want
    /// yet, another request say.
    #[cfg(unix)]
    pub async fn gone(self) {
        use std::io::ErrorKind::WouldBlock;
        use tokio::io::Interest;
        let socket = self.socket.try_clone().map(std::net::TcpStream::from);
        let Ok(socket) = socket.and_then(TcpStream::from_std) else {
            // Without it the server's own eyes have to do.
            return std::future::pending().await;
        };
        while let Ok(ready) = socket.ready(Interest::READABLE).await {
            if ready.is_read_closed() {
                return;
            }
            // What has come is not read here: the next news is awaited.
            let nothing = || Err::<(), _>(std::io::Error::from(WouldBlock));
            let _ = socket.try_io(Interest::READABLE, nothing);
        }
    }
}
