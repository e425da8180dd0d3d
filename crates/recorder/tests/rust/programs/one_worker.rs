//! A runtime that is only spawned on, with as many workers as it says, beside
//! one of the current thread, which has none.

use std::sync::mpsc;

use tokio::runtime::{Builder, Handle};

fn main() {
    let one = Builder::new_multi_thread().worker_threads(1).build().unwrap();
    let (tx, rx) = mpsc::channel();
    let count = || Handle::current().metrics().num_workers();
    one.spawn(async move { tx.send(count()).unwrap() });
    println!("workers {}", rx.recv().unwrap());
    let current = Builder::new_current_thread().build().unwrap();
    current.block_on(async { println!("{:?}", Handle::current().runtime_flavor()) });
}
