use tokio::sync::mpsc;

fn log(tx: &mpsc::Sender<String>, line: &str) {
    tx.blocking_send(line.to_owned()).unwrap();
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel(4);
    let writer = tokio::spawn(async move {
        while let Some(line) = rx.recv().await {
            println!("{line}");
        }
    });
    log(&tx, "started");
    drop(tx);
    writer.await.unwrap();
}
