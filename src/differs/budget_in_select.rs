//! A `select!` in a loop: a channel full of messages, and a branch that is always
//! ready.
use std::future::ready;

use tokio::sync::mpsc;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::unbounded_channel();
    for n in 0..1000 {
        tx.send(n).unwrap();
    }
    let other = tokio::spawn(async { println!("the other task") });
    let (mut messages, mut others) = (0, 0);
    for _ in 0..1000 {
        tokio::select! {
            biased;
            Some(_) = rx.recv() => messages += 1,
            () = ready(()) => others += 1,
        }
    }
    println!("{messages} messages, and {others} times none");
    other.await.unwrap();
}
