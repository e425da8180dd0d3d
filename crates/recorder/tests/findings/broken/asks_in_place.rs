//! It asks whether there is a letter, over and over, and lets nobody write one.

use tokio::sync::mpsc;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (write, mut letters) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        write.send("dear Ada").unwrap();
    });
    tokio::task::yield_now().await;
    println!("{}", letters.recv().await.unwrap());
    tokio::spawn(async move { println!("never") });
    let next = loop {
        if let Ok(next) = letters.try_recv() {
            break next;
        }
    };
    println!("{next}");
}
