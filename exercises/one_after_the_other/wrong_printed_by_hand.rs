use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    sleep(Duration::from_secs(1)).await;
    println!("3 pages, 11 letters");
}
