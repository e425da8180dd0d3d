//! Two tasks add 1, in one of ten ways in which something comes between reading
//! and writing.
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use tokio::sync::{Barrier, Mutex, RwLock, Semaphore, mpsc, oneshot, watch};
use tokio::task::{consume_budget, spawn_blocking, yield_now};
use tokio::time::sleep;

#[derive(Clone)]
struct World {
    count: Arc<AtomicU32>,
    lock: Arc<Mutex<u32>>,
    book: Arc<RwLock<u32>>,
    permits: Arc<Semaphore>,
    barrier: Arc<Barrier>,
    value: Arc<watch::Sender<u32>>,
    ask: mpsc::Sender<oneshot::Sender<u32>>,
}

#[tokio::main]
async fn main() {
    let way = std::env::args().nth(1).unwrap();
    let (ask, asked) = mpsc::channel(2);
    let world = World {
        count: Arc::default(),
        lock: Arc::default(),
        book: Arc::default(),
        permits: Arc::new(Semaphore::new(2)),
        barrier: Arc::new(Barrier::new(2)),
        value: Arc::new(watch::channel(0).0),
        ask,
    };
    tokio::spawn(answers(world.count.clone(), asked));
    let one = tokio::spawn(add(way.clone(), world.clone()));
    let two = tokio::spawn(add(way, world.clone()));
    one.await.unwrap();
    two.await.unwrap();
    let sum = world.count.load(SeqCst) + *world.lock.lock().await + *world.book.read().await;
    println!("{}", sum + *world.value.borrow());
}

async fn answers(count: Arc<AtomicU32>, mut asked: mpsc::Receiver<oneshot::Sender<u32>>) {
    while let Some(answer) = asked.recv().await {
        let _ = answer.send(count.load(SeqCst));
    }
}

async fn add(way: String, world: World) {
    let old = world.count.load(SeqCst);
    match way.as_str() {
        "yield" => yield_now().await,
        "sleep" => sleep(Duration::from_millis(5)).await,
        "lock" => {
            let old = *world.lock.lock().await;
            *world.lock.lock().await = old + 1;
            return;
        }
        "book" => {
            let old = *world.book.read().await;
            *world.book.write().await = old + 1;
            return;
        }
        "permit" => drop(world.permits.acquire().await),
        "budget" => consume_budget().await,
        "barrier" => drop(world.barrier.wait().await),
        "watch" => {
            let old = *world.value.borrow();
            let _ = world.permits.acquire().await;
            world.value.send_replace(old + 1);
            return;
        }
        "ask" => {
            let (answer, answered) = oneshot::channel();
            world.ask.send(answer).await.unwrap();
            let old = answered.await.unwrap();
            world.count.store(old + 1, SeqCst);
            return;
        }
        "blocking" => spawn_blocking(|| {}).await.unwrap(),
        other => panic!("no way is called {other}"),
    }
    world.count.store(old + 1, SeqCst);
}
