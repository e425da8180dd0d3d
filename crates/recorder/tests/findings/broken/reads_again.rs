use std::sync::Arc;
use std::time::Duration;
use tokio::sync::RwLock;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let names = Arc::new(RwLock::new(vec!["ada"]));
    let theirs = names.clone();
    let add = tokio::spawn(async move { theirs.write().await.push("bob") });
    let all = names.read().await;
    sleep(Duration::from_millis(10)).await;
    println!("{} {}", all.len(), names.read().await.len());
    add.await.unwrap();
}
