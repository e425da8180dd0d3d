use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    sleep(Duration::from_secs(1)).await;
    println!("got 1");
    println!("got 2");
    println!("got 3");
    println!("that was all");
}
