use std::thread;
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::join!(clock(), report());
}

async fn clock() {
    for _ in 0..3 {
        println!("tick");
        sleep(Duration::from_secs(1)).await;
    }
}

/// It takes a second and a half.
async fn report() {
    tokio::task::spawn_blocking(|| thread::sleep(Duration::from_millis(1500))).await.unwrap();
    println!("the report is there");
}
