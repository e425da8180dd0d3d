use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("job 1 begun");
    sleep(Duration::from_secs(1)).await;
    println!("job 1 saved");
    println!("job 2 begun");
    sleep(Duration::from_secs(1)).await;
    println!("job 2 saved");
    println!("stopped");
}
