//! Whom it has woken is the next on this worker, and waits until the sleep is over.

use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::sleep;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let cook = tokio::spawn(async {
        let (call, called) = oneshot::channel();
        let guest = tokio::spawn(async move {
            println!("{}", called.await.unwrap());
        });
        sleep(Duration::from_millis(10)).await;
        call.send("the soup is there").unwrap();
        std::thread::sleep(Duration::from_millis(300));
        guest.await.unwrap();
    });
    cook.await.unwrap();
}
