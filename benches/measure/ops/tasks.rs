//! Between the tasks of one runtime.

use std::future::{Future, pending};
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::Builder;
use tokio::sync::{Mutex, Notify, mpsc};
use tokio::task::yield_now;

use super::floors::plus_one;

/// Runs `op` as a task of a runtime on this thread.
pub fn one(op: impl Future<Output = Duration> + Send + 'static) -> Duration {
    one_main(async { tokio::spawn(op).await.expect("no operation panics") })
}

/// Runs `op` as a task of a runtime with a worker for each core.
pub fn all(op: impl Future<Output = Duration> + Send + 'static) -> Duration {
    all_main(async { tokio::spawn(op).await.expect("no operation panics") })
}

/// Runs `op` as the root future of a runtime on this thread.
pub fn one_main(op: impl Future<Output = Duration>) -> Duration {
    Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(op)
}

/// Runs `op` as the root future of a runtime with a worker for each core: on
/// this thread, which is no worker.
pub fn all_main(op: impl Future<Output = Duration>) -> Duration {
    Builder::new_multi_thread().enable_all().build().expect("a runtime").block_on(op)
}

pub async fn ready(n: u64) -> Duration {
    async fn function() -> u64 {
        plus_one(1)
    }
    let start = Instant::now();
    for _ in 0..n {
        black_box(function().await);
    }
    start.elapsed()
}

pub async fn yields(n: u64) -> Duration {
    let start = Instant::now();
    for _ in 0..n {
        yield_now().await;
    }
    start.elapsed()
}

pub async fn spawns(n: u64) -> Duration {
    let start = Instant::now();
    for _ in 0..n {
        tokio::spawn(async { black_box(plus_one(1)) }).await.expect("it does not panic");
    }
    start.elapsed()
}

/// Two tasks wake each other in turn; one operation is one waking.
pub async fn wakes(n: u64) -> Duration {
    let (ping, pong) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let rounds = n.div_ceil(2);
    let other = tokio::spawn({
        let (ping, pong) = (Arc::clone(&ping), Arc::clone(&pong));
        async move {
            for _ in 0..rounds {
                ping.notified().await;
                pong.notify_one();
            }
        }
    });
    let start = Instant::now();
    for _ in 0..rounds {
        ping.notify_one();
        pong.notified().await;
    }
    let took = start.elapsed();
    other.await.expect("it does not panic");
    took
}

/// A value to and fro between two tasks; one operation is one way.
pub async fn hops(n: u64) -> Duration {
    let (there, mut from_here) = mpsc::channel(1);
    let (here, mut from_there) = mpsc::channel(1);
    let rounds = n.div_ceil(2);
    tokio::spawn(async move {
        while let Some(n) = from_here.recv().await {
            here.send(n).await.expect("the other task waits for it");
        }
    });
    let start = Instant::now();
    for n in 0..rounds {
        there.send(n).await.expect("the other task listens");
        from_there.recv().await.expect("the other task answers");
    }
    start.elapsed()
}

pub async fn lock_free(n: u64) -> Duration {
    let mutex = Mutex::new(0);
    let start = Instant::now();
    for _ in 0..n {
        *mutex.lock().await += 1;
    }
    start.elapsed()
}

/// Two tasks want the same lock and yield while they hold it; one operation is
/// one turn.
pub async fn lock_wanted(n: u64) -> Duration {
    let mutex = Arc::new(Mutex::new(0));
    let start = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..2 {
        let mutex = Arc::clone(&mutex);
        tasks.push(tokio::spawn(async move {
            for _ in 0..n.div_ceil(2) {
                let mut held = mutex.lock().await;
                yield_now().await;
                *held += 1;
            }
        }));
    }
    for task in tasks {
        task.await.expect("it does not panic");
    }
    start.elapsed()
}

pub async fn first_of_two(n: u64) -> Duration {
    let start = Instant::now();
    for _ in 0..n {
        black_box(tokio::select! {
            () = pending() => 1,
            () = async {} => 2,
        });
    }
    start.elapsed()
}

/// Spawns a task that waits for ever, lets it begin, and cancels it.
pub async fn cancels(n: u64) -> Duration {
    let start = Instant::now();
    for _ in 0..n {
        let task = tokio::spawn(pending::<()>());
        yield_now().await;
        task.abort();
        task.await.expect_err("it was cancelled");
    }
    start.elapsed()
}

pub async fn blocking(n: u64) -> Duration {
    let start = Instant::now();
    for _ in 0..n {
        tokio::task::spawn_blocking(|| {}).await.expect("it does nothing");
    }
    start.elapsed()
}

pub fn runtimes(n: u64, builder: fn() -> Builder) -> Duration {
    let start = Instant::now();
    for _ in 0..n {
        builder().enable_all().build().expect("a runtime").block_on(async {});
    }
    start.elapsed()
}
