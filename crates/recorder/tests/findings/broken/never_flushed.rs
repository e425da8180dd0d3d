use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, BufWriter, duplex, split};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (client, server) = duplex(1024);
    let server = tokio::spawn(async move {
        let (read, mut write) = split(server);
        let mut lines = BufReader::new(read).lines();
        while let Some(line) = lines.next_line().await.unwrap() {
            println!("server has {line}");
            write.write_all(b"ok\n").await.unwrap();
        }
    });
    let (read, write) = split(client);
    let mut write = BufWriter::new(write);
    write.write_all(b"hello\n").await.unwrap();
    let mut answer = String::new();
    println!("client waits");
    BufReader::new(read).read_line(&mut answer).await.unwrap();
    println!("client has {answer}");
    drop(write);
    server.await.unwrap();
}
