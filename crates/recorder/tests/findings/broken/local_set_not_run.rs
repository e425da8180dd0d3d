use tokio::sync::oneshot;
use tokio::task::LocalSet;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let local = LocalSet::new();
    let (tx, rx) = oneshot::channel();
    local.spawn_local(async move { tx.send(5).unwrap() });
    println!("got {}", rx.await.unwrap());
}
