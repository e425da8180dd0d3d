//! Everything that tasks hold each other up with.
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Barrier, Mutex, Notify, OnceCell, RwLock, Semaphore};
use tokio::task::JoinSet;
use tokio::time::sleep;

static CELL: OnceCell<u32> = OnceCell::const_new();

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut tasks = JoinSet::new();
    let mutex = Arc::new(Mutex::new(()));
    for _ in 0..2 {
        tasks.spawn(lock(mutex.clone()));
    }
    let rwlock = Arc::new(RwLock::new(()));
    tasks.spawn(write(rwlock.clone()));
    tasks.spawn(read(rwlock));
    let semaphore = Arc::new(Semaphore::new(3));
    for n in [3, 1, 2] {
        tasks.spawn(acquire(semaphore.clone(), n));
    }
    let notify = Arc::new(Notify::new());
    tasks.spawn(notified(notify.clone()));
    let barrier = Arc::new(Barrier::new(2));
    for _ in 0..2 {
        tasks.spawn(meet(barrier.clone()));
    }
    for _ in 0..2 {
        tasks.spawn(init());
    }
    sleep(Duration::from_secs(2)).await;
    notify.notify_one();
    while tasks.join_next().await.is_some() {}
}

async fn lock(mutex: Arc<Mutex<()>>) {
    let _guard = mutex.lock().await;
    sleep(Duration::from_secs(1)).await;
}

async fn write(lock: Arc<RwLock<()>>) {
    let _guard = lock.write().await;
    sleep(Duration::from_secs(1)).await;
}

async fn read(lock: Arc<RwLock<()>>) {
    drop(lock.read_owned().await);
}

async fn acquire(semaphore: Arc<Semaphore>, n: u32) {
    let _permits = semaphore.acquire_many_owned(n).await.unwrap();
    sleep(Duration::from_secs(1)).await;
}

async fn notified(notify: Arc<Notify>) {
    notify.notified().await;
}

async fn meet(barrier: Arc<Barrier>) {
    barrier.wait().await;
}

async fn init() {
    let set = async {
        sleep(Duration::from_secs(1)).await;
        1
    };
    CELL.get_or_init(|| set).await;
}
