//! Main asks for a lock that it has, looks once, and gives the future to a task:
//! that gets the lock, and when the program ends has it while main waits for it.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use tokio::sync::Mutex;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let door = Arc::new(Mutex::new("door"));
    let open = door.lock().await;
    let mut asks = Box::pin(door.clone().lock_owned());
    assert!((&mut asks).now_or_never().is_none());
    tokio::spawn(async move {
        let open = asks.await;
        sleep(Duration::from_millis(50)).await;
        println!("{open}");
    });
    let ends = async {
        sleep(Duration::from_millis(20)).await;
        std::process::exit(0);
    };
    tokio::spawn(ends);
    drop(open);
    println!("{}", door.lock().await);
}
