use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("tick");
    sleep(Duration::from_secs(1)).await;
    println!("tick");
    sleep(Duration::from_millis(500)).await;
    println!("the report is there");
    sleep(Duration::from_millis(500)).await;
    println!("tick");
    sleep(Duration::from_secs(1)).await;
}
