//! A `select!` that has used up its budget polls no branch: it gives others a turn.

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
    for n in 0..200 {
        tx.send(n).unwrap();
    }
    tokio::spawn(async { println!("other") });
    for _ in 0..200 {
        tokio::select! {
            biased;
            Some(_) = rx.recv() => {}
            () = std::future::ready(()) => println!("no message"),
        }
    }
    println!("main");
}
