//! A task receives from a channel of std's what main would send, which has no
//! thread to go on.

use std::sync::mpsc;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, rx) = mpsc::channel::<u32>();
    let takes = tokio::spawn(async move { rx.recv().unwrap() });
    tokio::time::sleep(Duration::from_millis(10)).await;
    tx.send(1).unwrap();
    takes.await.unwrap();
}
