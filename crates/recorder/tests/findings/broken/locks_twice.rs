use tokio::sync::Mutex;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let count = Mutex::new(0);
    let mut guard = count.lock().await;
    *guard += 1;
    println!("{}", read(&count).await);
}

async fn read(count: &Mutex<u32>) -> u32 {
    *count.lock().await
}
