use tokio::sync::mpsc;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel(8);
    for i in 0..3 {
        let tx = tx.clone();
        tokio::spawn(async move { tx.send(i).await });
    }
    while let Some(i) = rx.recv().await {
        println!("{i}");
    }
    println!("done");
}
