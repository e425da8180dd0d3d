use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    sleep(Duration::from_millis(1100)).await;
    println!("job 1");
    sleep(Duration::from_millis(1100)).await;
    println!("job 2");
    sleep(Duration::from_millis(800)).await;
    println!("closed");
}
