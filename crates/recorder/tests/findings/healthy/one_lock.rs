use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (a, b) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let mut set = JoinSet::new();
    for _ in 0..10 {
        let (a, b) = (a.clone(), b.clone());
        set.spawn(async move {
            let mut a = a.lock().await;
            sleep(Duration::from_millis(10)).await;
            let mut b = b.lock().await;
            *a += 1;
            *b += *a;
        });
    }
    while set.join_next().await.is_some() {}
    println!("{}", b.lock().await);
}
