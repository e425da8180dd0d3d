//! A runtime that nobody blocks on runs its tasks all the same: main sleeps
//! beside it, asks it through a channel of std's, and has std threads block on
//! its handle. A task that is dropped with it has run before.

use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{LazyLock, mpsc};
use std::thread;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::time::sleep;

static KEPT: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
static BEATS: AtomicU32 = AtomicU32::new(0);

fn ask() -> u32 {
    let (tx, rx) = mpsc::channel();
    KEPT.spawn(async move {
        sleep(Duration::from_millis(20)).await;
        tx.send(42).unwrap();
    });
    rx.recv().unwrap()
}

fn main() {
    let runtime = Runtime::new().unwrap();
    runtime.spawn(async {
        for n in 0..2 {
            println!("beat {n}");
            BEATS.fetch_add(1, SeqCst);
            sleep(Duration::from_millis(20)).await;
        }
    });
    while BEATS.load(SeqCst) < 2 {
        thread::sleep(Duration::from_millis(20));
    }
    println!("beats {}", BEATS.load(SeqCst));
    println!("answer {}", ask());
    let asks = |n: u32| {
        let handle = runtime.handle().clone();
        thread::spawn(move || {
            handle.block_on(async move {
                sleep(Duration::from_millis(10)).await;
                n
            })
        })
    };
    let asked: Vec<_> = (1..3).map(asks).collect();
    let sum: u32 = asked.into_iter().map(|thread| thread.join().unwrap()).sum();
    println!("sum {sum}");
}
