//! A guard of std's mutex is given back before each await; a thread of std's is
//! waited for, and one that has the lock for a moment.

use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

async fn add(total: Arc<Mutex<u32>>, n: u32) {
    *total.lock().unwrap() += n;
    tokio::time::sleep(Duration::from_millis(20)).await;
    *total.lock().unwrap() += n;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let total = Arc::new(Mutex::new(0));
    let (tx, rx) = mpsc::channel();
    let theirs = Arc::clone(&total);
    let thread = std::thread::spawn(move || {
        let mut total = theirs.lock().unwrap();
        tx.send(()).unwrap();
        std::thread::sleep(Duration::from_millis(5));
        *total += 1;
    });
    rx.recv().unwrap();
    tokio::join!(add(Arc::clone(&total), 1), add(Arc::clone(&total), 2));
    thread.join().unwrap();
    println!("{}", total.lock().unwrap());
}
