//! The notification was sent before anybody waited, and main waits for a second.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let ready = Arc::new(Notify::new());
    let theirs = ready.clone();
    tokio::spawn(async move { theirs.notify_waiters() }).await.unwrap();
    match timeout(Duration::from_secs(1), ready.notified()).await {
        Ok(()) => println!("ready"),
        Err(_) => println!("never ready"),
    }
}
