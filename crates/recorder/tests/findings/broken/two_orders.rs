use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (a, b) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let there = tokio::spawn(there(a.clone(), b.clone()));
    let back = tokio::spawn(back(a, b));
    there.await.unwrap();
    back.await.unwrap();
}

async fn there(a: Arc<Mutex<u32>>, b: Arc<Mutex<u32>>) {
    let mut a = a.lock().await;
    sleep(Duration::from_millis(10)).await;
    *a += *b.lock().await;
}

async fn back(a: Arc<Mutex<u32>>, b: Arc<Mutex<u32>>) {
    let mut b = b.lock().await;
    sleep(Duration::from_millis(10)).await;
    *b += *a.lock().await;
}
