use tokio::sync::mpsc;
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (mut tx, mut rx) = mpsc::channel(2);
    for n in 0..2 {
        let permit = tx.reserve_owned().await.unwrap();
        tx = permit.send(n);
    }
    drop(tx);
    while let Some(n) = rx.recv().await {
        println!("{n}");
    }
}
