use std::time::Duration;
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let backup = tokio::task::spawn_blocking(|| {
        std::thread::sleep(Duration::from_secs(2));
        println!("backup done");
    });
    let stop = backup.abort_handle();
    if timeout(Duration::from_millis(50), backup).await.is_err() {
        stop.abort();
        println!("backup cancelled");
    }
}
