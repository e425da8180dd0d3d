use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::sleep;

async fn count(sum: Arc<Mutex<u32>>) {
    loop {
        let mut sum = sum.lock().await;
        sleep(Duration::from_millis(10)).await;
        *sum += 1;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let sum = Arc::new(Mutex::new(0));
    for _ in 0..2 {
        tokio::spawn(count(sum.clone()));
    }
    sleep(Duration::from_millis(95)).await;
    std::process::exit(0);
}
