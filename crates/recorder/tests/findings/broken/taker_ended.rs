//! The clerk goes home after the third letter; its box stays, and is full.

use std::sync::Arc;
use tokio::sync::{Mutex, mpsc};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (post, letters) = mpsc::channel(2);
    let letters = Arc::new(Mutex::new(letters));
    let shared = letters.clone();
    tokio::spawn(async move {
        for _ in 0..3 {
            let letter = shared.lock().await.recv().await;
            println!("read {letter:?}");
        }
    });
    for letter in 0..8 {
        post.send(letter).await.unwrap();
    }
}
