use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, _first) = watch::channel(None);
    tx.send(Some(8080)).unwrap();
    println!("config is set");
    let mut late = tx.subscribe();
    let server = tokio::spawn(async move {
        sleep(Duration::from_millis(5)).await;
        late.changed().await.unwrap();
        println!("port {:?}", *late.borrow());
    });
    server.await.unwrap();
}
