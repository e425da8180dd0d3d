//! Each of two offices answers a letter by two of its own, and their boxes are small.

use tokio::sync::mpsc::{Receiver, Sender, channel};

async fn office(city: &str, mut letters: Receiver<u64>, other: Sender<u64>) {
    while let Some(letter) = letters.recv().await {
        println!("{city} reads {letter}");
        other.send(2 * letter).await.unwrap();
        other.send(2 * letter + 1).await.unwrap();
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (write_to_rome, rome) = channel(1);
    let (write_to_oslo, oslo) = channel(1);
    write_to_rome.send(1).await.unwrap();
    let rome = tokio::spawn(office("Rome", rome, write_to_oslo));
    let oslo = tokio::spawn(office("Oslo", oslo, write_to_rome));
    rome.await.unwrap();
    oslo.await.unwrap();
}
