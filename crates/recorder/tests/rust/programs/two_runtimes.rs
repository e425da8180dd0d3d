//! Two runtimes at the same time, each on its own thread.
use std::thread;
use std::time::Duration;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::time::sleep;

fn main() {
    let (tx, rx) = oneshot::channel();
    let other = thread::spawn(move || {
        let rt = Builder::new_current_thread().enable_all().build().unwrap();
        rt.block_on(answer(tx));
    });
    let rt = Builder::new_current_thread().enable_all().build().unwrap();
    rt.block_on(ask(rx, other));
    let handle = rt.handle().clone();
    thread::spawn(move || handle.block_on(last())).join().unwrap();
}

async fn ask(rx: oneshot::Receiver<u32>, other: thread::JoinHandle<()>) {
    println!("{}", rx.await.unwrap());
    tokio::spawn(forever());
    // Holds this thread, not the other one.
    other.join().unwrap();
    println!("joined, {:?}", Handle::current().runtime_flavor());
}

async fn answer(tx: oneshot::Sender<u32>) {
    sleep(Duration::from_secs(1)).await;
    tx.send(42).unwrap();
    sleep(Duration::from_secs(1)).await;
    println!("answered");
}

async fn forever() {
    std::future::pending().await
}

async fn last() {
    println!("last");
}
