use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::timeout;

async fn write(file: Arc<Mutex<()>>, who: &'static str, ms: u64) {
    let _guard = file.lock().await;
    let write = move || {
        std::thread::sleep(Duration::from_millis(ms));
        println!("{who} wrote");
    };
    tokio::task::spawn_blocking(write).await.unwrap();
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let file = Arc::new(Mutex::new(()));
    let first = timeout(Duration::from_millis(50), write(file.clone(), "first", 300)).await;
    println!("first in time: {}", first.is_ok());
    write(file, "second", 50).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
}
