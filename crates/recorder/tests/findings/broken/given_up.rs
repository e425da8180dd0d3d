use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (a, b) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let one = tokio::spawn(both(a.clone(), b.clone()));
    let two = tokio::spawn(both(b, a));
    let both = async { (one.await, two.await) };
    if timeout(Duration::from_secs(5), both).await.is_err() {
        println!("gave up");
    }
}

async fn both(first: Arc<Mutex<u32>>, second: Arc<Mutex<u32>>) {
    let mut first = first.lock().await;
    sleep(Duration::from_millis(10)).await;
    *first += *second.lock().await;
}
