//! A task cannot keep the standard library's lock over an `await`: the guard
//! must not change threads.

use std::sync::{Arc, Mutex};
use tokio::task::yield_now;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let count = Arc::new(Mutex::new(0));
    let task = tokio::spawn(async move {
        let mut guard = count.lock().unwrap();
        yield_now().await;
        *guard += 1;
    });
    task.await.unwrap();
}
