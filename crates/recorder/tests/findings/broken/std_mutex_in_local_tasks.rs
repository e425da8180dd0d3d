//! The same in tasks of a local set, beside one that has nothing to do with it:
//! no thread of the runtime's can help.

use std::rc::Rc;
use std::sync::Mutex;
use std::time::Duration;

use tokio::task::{LocalSet, spawn_local};

async fn write(log: Rc<Mutex<u32>>) {
    let mut log = log.lock().unwrap();
    tokio::time::sleep(Duration::from_millis(30)).await;
    *log += 1;
}

async fn beat() {
    loop {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::main]
async fn main() {
    let all = async {
        let log = Rc::new(Mutex::new(0));
        spawn_local(beat());
        let one = spawn_local(write(log.clone()));
        let two = spawn_local(write(log));
        one.await.unwrap();
        two.await.unwrap();
    };
    LocalSet::new().run_until(all).await;
}
