// Programs made of parts, by a seed: `healthy 17` is one in which nothing is
// wrong, `two_orders 17` has one known fault among the same healthy parts. Each
// part does as much, and waits as long, as chance has it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::sync::{
    Barrier, Mutex, Notify, OnceCell, RwLock, Semaphore, broadcast, mpsc, oneshot, watch,
};
use tokio::task::{JoinHandle, JoinSet, LocalSet, spawn_blocking, yield_now};
use tokio::time::{Duration, interval, sleep, timeout};

/// A part of a program, as a task.
type Part = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Chance, always the same for a seed.
struct Chance(u64);

impl Chance {
    /// From `least` to `most`.
    fn of(&mut self, least: u64, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        least + (self.0 >> 33) % (most - least + 1)
    }

    fn ms(&mut self) -> Duration {
        Duration::from_millis(self.of(1, 20))
    }

    fn another(&mut self) -> Chance {
        Chance(self.of(0, u64::from(u32::MAX)))
    }
}

const HEALTHY: [fn(Chance) -> Part; 14] = [
    |chance| Box::pin(locks(chance)),
    |chance| Box::pin(permits(chance)),
    |chance| Box::pin(channel(chance)),
    |chance| Box::pin(answers(chance)),
    |chance| Box::pin(timeouts(chance)),
    |chance| Box::pin(selects(chance)),
    |chance| Box::pin(notifies(chance)),
    |chance| Box::pin(readers(chance)),
    |chance| Box::pin(joins(chance)),
    |chance| Box::pin(meets(chance)),
    |chance| Box::pin(blocks(chance)),
    |chance| Box::pin(news(chance)),
    |chance| Box::pin(races(chance)),
    |chance| Box::pin(words(chance)),
];

/// Tasks that take turns with locks, always in the same order.
async fn locks(mut chance: Chance) {
    let both = Arc::new((Mutex::new(0), Mutex::new(0)));
    let mut set = JoinSet::new();
    for _ in 0..chance.of(2, 4) {
        let (both, mut chance) = (both.clone(), chance.another());
        set.spawn(async move {
            for _ in 0..chance.of(1, 4) {
                let mut one = both.0.lock().await;
                if chance.of(0, 1) == 0 {
                    sleep(chance.ms()).await;
                }
                if chance.of(0, 1) == 0 {
                    *both.1.lock().await += *one;
                }
                *one += 1;
                drop(one);
                if chance.of(0, 2) == 0 {
                    yield_now().await;
                }
            }
        });
    }
    while let Some(result) = set.join_next().await {
        result.unwrap();
    }
}

async fn permits(mut chance: Chance) {
    let limit = Arc::new(Semaphore::new(chance.of(1, 3) as usize));
    let mut tasks = Vec::new();
    for _ in 0..chance.of(2, 6) {
        let (limit, time) = (limit.clone(), chance.ms());
        tasks.push(tokio::spawn(async move {
            let permit = limit.acquire_owned().await.unwrap();
            sleep(time).await;
            drop(permit);
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

async fn channel(mut chance: Chance) {
    let (tx, mut rx) = mpsc::channel(chance.of(1, 4) as usize);
    for _ in 0..chance.of(1, 3) {
        let (tx, mut chance) = (tx.clone(), chance.another());
        tokio::spawn(async move {
            for n in 0..chance.of(1, 5) {
                tx.send(n).await.unwrap();
                sleep(chance.ms()).await;
            }
        });
    }
    drop(tx);
    while let Some(n) = rx.recv().await {
        if n % 2 == 1 {
            sleep(Duration::from_millis(2)).await;
        }
    }
}

async fn answers(mut chance: Chance) {
    let (tx, mut rx) = mpsc::unbounded_channel::<(u64, oneshot::Sender<u64>)>();
    let time = chance.ms();
    let serves = tokio::spawn(async move {
        while let Some((n, answer)) = rx.recv().await {
            sleep(time).await;
            answer.send(n * n).unwrap();
        }
    });
    for n in 0..chance.of(1, 5) {
        let (answer, answered) = oneshot::channel();
        tx.send((n, answer)).unwrap();
        assert_eq!(answered.await.unwrap(), n * n);
    }
    drop(tx);
    serves.await.unwrap();
}

async fn timeouts(mut chance: Chance) {
    let lock = Mutex::new(());
    for _ in 0..chance.of(1, 5) {
        let _ = timeout(chance.ms(), sleep(chance.ms())).await;
        if let Ok(guard) = timeout(chance.ms(), lock.lock()).await {
            sleep(chance.ms()).await;
            drop(guard);
        }
    }
}

async fn selects(mut chance: Chance) {
    let (tx, mut rx) = mpsc::channel(8);
    let mut theirs = chance.another();
    let sends = tokio::spawn(async move {
        for n in 0..theirs.of(2, 8) {
            sleep(theirs.ms()).await;
            tx.send(n).await.unwrap();
        }
    });
    let mut tick = interval(chance.ms());
    loop {
        tokio::select! {
            n = rx.recv() => if n.is_none() { break },
            _ = tick.tick() => yield_now().await,
        }
    }
    sends.await.unwrap();
}

async fn notifies(mut chance: Chance) {
    let notify = Arc::new(Notify::new());
    let (theirs, time) = (notify.clone(), chance.ms());
    let waits = tokio::spawn(async move {
        sleep(time).await;
        theirs.notified().await;
    });
    sleep(chance.ms()).await;
    notify.notify_one();
    waits.await.unwrap();
    let (tx, mut rx) = watch::channel(0);
    let time = chance.ms();
    let sees = tokio::spawn(async move { *rx.wait_for(|n| *n > 2).await.unwrap() });
    for n in 0..4 {
        sleep(time).await;
        let _ = tx.send(n);
    }
    assert_eq!(sees.await.unwrap(), 3);
}

async fn readers(mut chance: Chance) {
    let book = Arc::new(RwLock::new(0));
    let mut set = JoinSet::new();
    for _ in 0..chance.of(2, 5) {
        let (book, mut chance) = (book.clone(), chance.another());
        set.spawn(async move {
            for _ in 0..chance.of(1, 3) {
                if chance.of(0, 2) == 0 {
                    *book.write().await += 1;
                } else {
                    let page = book.read().await;
                    sleep(chance.ms()).await;
                    drop(page);
                }
            }
        });
    }
    set.join_all().await;
}

/// Futures of one task that share a lock.
async fn joins(mut chance: Chance) {
    let lock = Mutex::new(0);
    let step = |time| async move { sleep(time).await };
    let take = async |time| {
        let mut guard = lock.lock().await;
        sleep(time).await;
        *guard += 1;
    };
    let (a, b, c) = (chance.ms(), chance.ms(), chance.ms());
    tokio::join!(take(a), step(b), take(c));
    assert_eq!(*lock.lock().await, 2);
    let _ = tokio::try_join!(async { Ok::<_, ()>(step(c).await) }, async { Err::<(), _>(()) });
}

async fn meets(mut chance: Chance) {
    let n = chance.of(2, 4);
    let (place, cell) = (Arc::new(Barrier::new(n as usize)), Arc::new(OnceCell::new()));
    let mut tasks = Vec::new();
    for _ in 0..n {
        let (place, cell, time) = (place.clone(), cell.clone(), chance.ms());
        tasks.push(tokio::spawn(async move {
            sleep(time).await;
            let made = async {
                sleep(time).await;
                7
            };
            assert_eq!(*cell.get_or_init(|| made).await, 7);
            place.wait().await;
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

async fn blocks(mut chance: Chance) {
    let time = chance.ms();
    let call = spawn_blocking(move || std::thread::sleep(time));
    sleep(chance.ms()).await;
    call.await.unwrap();
}

async fn news(mut chance: Chance) {
    let (tx, _) = broadcast::channel(16);
    let mut tasks = Vec::new();
    for _ in 0..chance.of(1, 3) {
        let (mut rx, time) = (tx.subscribe(), chance.ms());
        tasks.push(tokio::spawn(async move {
            while rx.recv().await.is_ok() {
                sleep(time).await;
            }
        }));
    }
    for n in 0..chance.of(1, 8) {
        tx.send(n).unwrap();
        sleep(chance.ms()).await;
    }
    drop(tx);
    for task in tasks {
        task.await.unwrap();
    }
}

/// The first counts, and the others are told to stop.
async fn races(mut chance: Chance) {
    let mut set = JoinSet::new();
    for _ in 0..chance.of(2, 4) {
        let time = chance.ms();
        set.spawn(async move { sleep(time).await });
    }
    set.join_next().await.unwrap().unwrap();
    set.abort_all();
    while set.join_next().await.is_some() {}
    let slow = tokio::spawn(sleep(Duration::from_secs(60)));
    if timeout(chance.ms(), sleep(chance.ms())).await.is_ok() {
        yield_now().await;
    }
    slow.abort();
    assert!(slow.await.unwrap_err().is_cancelled());
}

/// Words over a stream, each read to its end.
async fn words(mut chance: Chance) {
    let (mut to, mut from) = duplex(chance.of(3, 16) as usize);
    let (n, time) = (chance.of(1, 6), chance.ms());
    let writes = tokio::spawn(async move {
        for _ in 0..n {
            to.write_all(b"a word").await.unwrap();
            sleep(time).await;
        }
    });
    let mut word = [0; 6];
    let mut read = 0;
    while from.read_exact(&mut word).await.is_ok() {
        read += 1;
    }
    assert_eq!(read, n);
    writes.await.unwrap();
}

/// The faults, each of a name.
async fn fault(name: &str, mut chance: Chance) {
    let (a, b) = (chance.ms(), chance.ms());
    let ms = Duration::from_millis;
    match name {
        "two_orders" => {
            let locks = Arc::new((Mutex::new(()), Mutex::new(())));
            let theirs = locks.clone();
            let other = tokio::spawn(async move {
                let _second = theirs.1.lock().await;
                sleep(a + b).await;
                let _first = theirs.0.lock().await;
            });
            let _first = locks.0.lock().await;
            sleep(a + b).await;
            let _second = locks.1.lock().await;
            other.await.unwrap();
        }
        "twice" => {
            let lock = Mutex::new(());
            let _guard = lock.lock().await;
            sleep(a).await;
            drop(lock.lock().await);
        }
        "futurelock" => {
            let lock = Arc::new(Mutex::new(()));
            let theirs = lock.clone();
            tokio::spawn(async move {
                let guard = theirs.lock().await;
                sleep(a + ms(20)).await;
                drop(guard);
            });
            sleep(ms(1)).await;
            let mut first = Box::pin(lock.lock());
            tokio::select! {
                _ = &mut first => {}
                () = sleep(ms(10)) => drop(lock.lock().await),
            }
        }
        "all_permits" => {
            let limit = Arc::new(Semaphore::new(2));
            let mut both = Vec::new();
            for _ in 0..2 {
                let limit = limit.clone();
                both.push(tokio::spawn(async move {
                    let _one = limit.acquire().await.unwrap();
                    sleep(a).await;
                    let _another = limit.acquire().await.unwrap();
                }));
            }
            for one in both {
                one.await.unwrap();
            }
        }
        "reads_and_writes" => {
            let book = RwLock::new(0);
            let page = book.read().await;
            sleep(a).await;
            *book.write().await += *page;
        }
        "itself" => {
            let (tx, rx) = oneshot::channel::<JoinHandle<()>>();
            let task = tokio::spawn(async move { rx.await.unwrap().await.unwrap() });
            sleep(a).await;
            tx.send(task).unwrap();
            sleep(b).await;
        }
        "keeps_a_sender" => {
            let (tx, mut rx) = mpsc::channel(4);
            let theirs = tx.clone();
            tokio::spawn(async move { theirs.send(a).await });
            while let Some(time) = rx.recv().await {
                sleep(time).await;
            }
        }
        "nobody_waits" => {
            let notify = Arc::new(Notify::new());
            let theirs = notify.clone();
            let waits = tokio::spawn(async move {
                sleep(a + b).await;
                theirs.notified().await;
            });
            sleep(a).await;
            notify.notify_waiters();
            waits.await.unwrap();
        }
        "holds" => {
            let other = tokio::spawn(async move {
                for _ in 0..20 {
                    sleep(ms(5)).await;
                }
            });
            sleep(a).await;
            std::thread::sleep(ms(60) + b);
            other.await.unwrap();
        }
        "forgotten" => {
            tokio::spawn(async move { sleep(ms(100_000)).await });
            sleep(a).await;
        }
        "panics" => {
            let fails = tokio::spawn(async move {
                sleep(a).await;
                panic!("on purpose");
            });
            assert!(fails.await.is_err());
        }
        "always_set_anew" => {
            let (tx, mut rx) = mpsc::channel(4);
            let sends = tokio::spawn(async move {
                for n in 0..30 {
                    sleep(ms(20)).await;
                    tx.send(n).await.unwrap();
                }
            });
            loop {
                tokio::select! {
                    n = rx.recv() => if n.is_none() { break },
                    () = sleep(ms(100) + a) => {}
                }
            }
            sends.await.unwrap();
        }
        "always_full" => {
            let (tx, mut rx) = mpsc::channel(1);
            let sends = tokio::spawn(async move {
                for n in 0..40 {
                    tx.send(n).await.unwrap();
                }
            });
            while rx.recv().await.is_some() {
                sleep(ms(10) + a).await;
            }
            sends.await.unwrap();
        }
        "half_read" => {
            let (mut to, mut from) = duplex(64);
            let writes = tokio::spawn(async move {
                for _ in 0..6 {
                    sleep(ms(20)).await;
                    to.write_all(b"x").await.unwrap();
                }
            });
            let mut word = [0; 3];
            while !matches!(timeout(ms(50), from.read_exact(&mut word)).await, Ok(Err(_))) {}
            writes.await.unwrap();
        }
        "half_taken" => {
            let (tx, mut rx) = mpsc::channel(4);
            let sends = tokio::spawn(async move {
                for n in 0..4 {
                    tx.send(n).await.unwrap();
                    sleep(ms(30)).await;
                }
            });
            let mut next = async || {
                let n = rx.recv().await?;
                sleep(ms(20)).await;
                Some(n)
            };
            while !matches!(timeout(ms(10), next()).await, Ok(None)) {}
            sends.await.unwrap();
        }
        "set_dropped" => {
            let mut set = JoinSet::new();
            for _ in 0..chance.of(1, 4) {
                set.spawn(sleep(ms(500)));
            }
            sleep(a).await;
        }
        "goes_on" => {
            let call = spawn_blocking(move || std::thread::sleep(ms(200)));
            let _ = timeout(a, call).await;
            sleep(ms(400)).await;
        }
        other => panic!("no fault is called {other}"),
    }
}

/// Waits in main for what is spawned on a set that nobody runs.
async fn not_run() {
    let local = LocalSet::new();
    local.spawn_local(yield_now()).await.unwrap();
}

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().collect();
    let mut chance = Chance(args[2].parse().unwrap());
    chance.of(0, 9);
    let mut parts = Vec::new();
    for _ in 0..chance.of(1, 4) {
        let part = HEALTHY[chance.of(0, HEALTHY.len() as u64 - 1) as usize];
        parts.push(tokio::spawn(part(chance.another())));
    }
    let wrong = match args[1].as_str() {
        "healthy" | "never_ran" | "not_run" => None,
        name => {
            let (name, chance) = (name.to_owned(), chance.another());
            Some(tokio::spawn(async move { fault(&name, chance).await }))
        }
    };
    for part in parts {
        part.await.unwrap();
    }
    if let Some(wrong) = wrong {
        wrong.await.unwrap();
    }
    match args[1].as_str() {
        "not_run" => not_run().await,
        "never_ran" => drop(tokio::spawn(yield_now())),
        _ => {}
    }
}
