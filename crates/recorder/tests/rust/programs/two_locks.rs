//! Two tasks take two locks, in opposite order, and nothing is between.
use std::sync::Arc;
use tokio::sync::Mutex;

#[tokio::main]
async fn main() {
    let (a, b) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let one = tokio::spawn(both(a.clone(), b.clone()));
    let two = tokio::spawn(both(b, a));
    one.await.unwrap();
    two.await.unwrap();
    println!("done");
}

async fn both(first: Arc<Mutex<u32>>, second: Arc<Mutex<u32>>) {
    let mut first = first.lock().await;
    let mut second = second.lock().await;
    *first += 1;
    *second += 1;
}
