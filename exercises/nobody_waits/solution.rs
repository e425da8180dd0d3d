use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task = tokio::spawn(backup());
    answer().await;
    task.await.unwrap();
}

async fn backup() {
    println!("saving");
    sleep(Duration::from_secs(2)).await;
    println!("saved");
}

async fn answer() {
    sleep(Duration::from_secs(1)).await;
    println!("answered");
}
