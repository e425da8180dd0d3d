use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::sleep;

async fn add(sum: Arc<Mutex<u32>>, n: u32) {
    *sum.lock().await += n;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let sum = Arc::new(Mutex::new(0));
    let theirs = sum.clone();
    tokio::spawn(async move {
        let _guard = theirs.lock().await;
        sleep(Duration::from_millis(200)).await;
    });
    sleep(Duration::from_millis(10)).await;
    let mut slow = Box::pin(add(sum.clone(), 1));
    tokio::select! {
        () = &mut slow => println!("in time"),
        () = sleep(Duration::from_millis(20)) => add(sum.clone(), 2).await,
    }
}
