use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    sleep(Duration::from_millis(300)).await;
    println!("tick");
    sleep(Duration::from_millis(300)).await;
    println!("tick");
    sleep(Duration::from_millis(200)).await;
    println!("tea");
}
