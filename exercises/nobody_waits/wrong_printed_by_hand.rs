use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("saving");
    sleep(Duration::from_secs(1)).await;
    println!("answered");
    sleep(Duration::from_secs(1)).await;
    println!("saved");
}
