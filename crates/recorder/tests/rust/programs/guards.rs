//! Every guard and permit, and what can be done with one.
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{self, OwnedPermit};
use tokio::sync::{
    MappedMutexGuard, Mutex, MutexGuard, OwnedMappedMutexGuard, OwnedMutexGuard,
    OwnedRwLockMappedWriteGuard, OwnedRwLockReadGuard, OwnedRwLockWriteGuard,
    OwnedSemaphorePermit, RwLock, RwLockMappedWriteGuard, RwLockReadGuard, RwLockWriteGuard,
    Semaphore, SemaphorePermit, SetOnce,
};
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

type Pair = (u32, String);

fn pair() -> Pair {
    (1, "one".to_owned())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    mutex().await;
    owned_mutex().await;
    rwlock().await;
    owned_rwlock().await;
    permits().await;
    owned_permits().await;
    room().await;
    set_once().await;
    unsized_ones().await;
}

async fn mutex() {
    let lock = Mutex::new(pair());
    let mut guard: MutexGuard<'_, Pair> = lock.lock().await;
    guard.0 += 1;
    assert!(std::ptr::eq(MutexGuard::mutex(&guard), &lock));
    assert!(lock.try_lock().is_err());
    let guard = MutexGuard::try_map(guard, |_| None::<&mut u32>).unwrap_err();
    let mut number: MappedMutexGuard<'_, u32> = MutexGuard::map(guard, |pair| &mut pair.0);
    *number += 1;
    let number = MappedMutexGuard::try_map(number, |_| None::<&mut u32>).unwrap_err();
    let number = MappedMutexGuard::map(number, |number| number);
    println!("mapped {number} {number:?}");
    drop(number);
    println!("{lock:?}");
    println!("{}", lock.into_inner().0);
}

async fn owned_mutex() {
    let lock = Arc::new(Mutex::new(pair()));
    let guard: OwnedMutexGuard<Pair> = lock.clone().lock_owned().await;
    assert!(Arc::ptr_eq(OwnedMutexGuard::mutex(&guard), &lock));
    assert!(lock.clone().try_lock_owned().is_err());
    let guard = OwnedMutexGuard::try_map(guard, |_| None::<&mut u32>).unwrap_err();
    let text = OwnedMutexGuard::map(guard, |pair| &mut pair.1);
    let mut text: OwnedMappedMutexGuard<Pair, String> =
        OwnedMappedMutexGuard::map(text, |text| text);
    text.push('!');
    println!("owned {text}");
    // The guard keeps the lock alive, and goes to another task.
    drop(lock);
    tokio::spawn(async move { println!("moved {}", text.len()) }).await.unwrap();
    let lock = Arc::new(Mutex::new(1));
    let held = lock.lock().await;
    let theirs = spawn_blocking({
        let lock = lock.clone();
        move || {
            let one = *lock.blocking_lock();
            one + *lock.blocking_lock_owned()
        }
    });
    sleep(Duration::from_millis(5)).await;
    drop(held);
    println!("blocking {}", theirs.await.unwrap());
}

async fn rwlock() {
    let lock = RwLock::with_max_readers(pair(), 2);
    let (one, two) = (lock.read().await, lock.try_read().unwrap());
    assert!(lock.try_read().is_err() && lock.try_write().is_err());
    let one: RwLockReadGuard<'_, u32> = RwLockReadGuard::map(one, |pair| &pair.0);
    let one = RwLockReadGuard::try_map(one, |_| None::<&u32>).unwrap_err();
    println!("read {one} {}", two.1);
    drop((one, two));
    let mut guard: RwLockWriteGuard<'_, Pair> = lock.write().await;
    guard.0 = 5;
    let guard = RwLockWriteGuard::try_map(guard, |_| None::<&mut u32>).unwrap_err();
    let reads = RwLockWriteGuard::try_downgrade_map(guard, |pair| Some(&pair.0)).unwrap();
    println!("downgraded {reads} {:?}", lock.try_read().map(|pair| pair.0));
    drop(reads);
    let mapped = RwLockWriteGuard::map(lock.write().await, |pair| &mut pair.1);
    let mut mapped: RwLockMappedWriteGuard<'_, String> =
        RwLockMappedWriteGuard::map(mapped, |text| text);
    mapped.push('?');
    println!("{mapped}");
    drop(mapped);
    println!("{}", RwLockWriteGuard::into_mapped(lock.try_write().unwrap()).0);
}

async fn owned_rwlock() {
    let lock = Arc::new(RwLock::new(pair()));
    let guard = lock.clone().read_owned().await;
    assert!(Arc::ptr_eq(OwnedRwLockReadGuard::rwlock(&guard), &lock));
    let number: OwnedRwLockReadGuard<Pair, u32> = OwnedRwLockReadGuard::map(guard, |p| &p.0);
    println!("owned {number}");
    assert!(lock.clone().try_write_owned().is_err());
    drop(number);
    let mut guard: OwnedRwLockWriteGuard<Pair> = lock.clone().write_owned().await;
    guard.0 = 8;
    assert!(Arc::ptr_eq(OwnedRwLockWriteGuard::rwlock(&guard), &lock));
    let guard = OwnedRwLockWriteGuard::try_map(guard, |_| None::<&mut u32>).unwrap_err();
    let reads = guard.downgrade();
    println!("downgraded {} {}", reads.0, lock.clone().try_read_owned().unwrap().0);
    drop(reads);
    let guard = lock.clone().try_write_owned().unwrap();
    let mut text: OwnedRwLockMappedWriteGuard<Pair, String> =
        OwnedRwLockWriteGuard::map(guard, |pair| &mut pair.1);
    text.push('.');
    println!("{}", OwnedRwLockMappedWriteGuard::map(text, |text| text));
    let reads = OwnedRwLockWriteGuard::downgrade_map(lock.write_owned().await, |pair| &pair.1);
    println!("{reads}");
}

async fn permits() {
    let semaphore = Semaphore::new(4);
    let mut many: SemaphorePermit<'_> = semaphore.acquire_many(3).await.unwrap();
    assert!(std::ptr::eq(many.semaphore(), &semaphore));
    let one = many.split(1).unwrap();
    assert!(many.split(9).is_none());
    println!("{} and {}", many.num_permits(), one.num_permits());
    many.merge(one);
    drop(many.split(1));
    many.forget();
    println!("{} are left", semaphore.available_permits());
    semaphore.add_permits(3);
    println!("{} forgotten", semaphore.forget_permits(2));
    let _one = semaphore.try_acquire().unwrap();
    let waits = timeout(Duration::from_millis(5), semaphore.acquire_many(3)).await;
    println!("{} {}", waits.is_err(), semaphore.available_permits());
    semaphore.close();
    println!("{:?}", semaphore.acquire().await.err());
}

async fn owned_permits() {
    let semaphore = Arc::new(Semaphore::new(2));
    let mut two: OwnedSemaphorePermit = semaphore.clone().acquire_many_owned(2).await.unwrap();
    assert!(Arc::ptr_eq(two.semaphore(), &semaphore));
    let one = two.split(1).unwrap();
    let waits = tokio::spawn(semaphore.clone().acquire_owned());
    sleep(Duration::from_millis(5)).await;
    drop(one);
    println!("{} {}", waits.await.unwrap().unwrap().num_permits(), two.num_permits());
    two.forget();
    println!("{}", semaphore.try_acquire_owned().is_ok());
}

/// What keeps room in a channel.
struct Slot(Option<OwnedPermit<u32>>);

async fn room() {
    let (tx, mut rx) = mpsc::channel(1);
    let permit = tx.reserve_owned().await.unwrap();
    let tx: mpsc::Sender<u32> = permit.send(7);
    println!("{:?}", rx.recv().await);
    let mut slot = Slot(Some(tx.try_reserve_owned().unwrap()));
    let tx: mpsc::Sender<u32> = slot.0.take().unwrap().release();
    let other = tx.clone().reserve_owned().await.unwrap();
    println!("{}", other.same_channel_as_sender(&tx));
    drop((other, tx));
    println!("{:?}", rx.recv().await);
}

async fn set_once() {
    let cell = Arc::new(SetOnce::new());
    let theirs = cell.clone();
    let waits = tokio::spawn(async move { *theirs.wait().await });
    sleep(Duration::from_millis(5)).await;
    cell.set(3).unwrap();
    println!("set to {}", waits.await.unwrap());
}

async fn unsized_ones() {
    let lock: Arc<Mutex<dyn Fn() -> u32 + Send>> = Arc::new(Mutex::new(|| 1));
    let one = (lock.lock().await)();
    println!("{}", one + (lock.clone().lock_owned().await)());
    let lock: Arc<RwLock<[u32]>> = Arc::new(RwLock::new([1, 2]));
    lock.write().await[0] = 5;
    lock.clone().write_owned().await[1] = 6;
    println!("{:?} {:?}", &*lock.read().await, &*lock.clone().read_owned().await);
}
