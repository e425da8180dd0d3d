use std::time::Duration;
use tokio::task::{JoinSet, LocalSet, spawn_blocking, spawn_local};
use tokio::time::{sleep, timeout};

fn work(ms: u64) -> impl FnOnce() -> u64 {
    move || {
        std::thread::sleep(Duration::from_millis(ms));
        ms
    }
}

/// The first to be done; the others are not wanted any more.
async fn first() -> u64 {
    let mut race = JoinSet::new();
    for n in 1..=3 {
        race.spawn(async move {
            sleep(Duration::from_millis(20 * n)).await;
            n
        });
    }
    race.join_next().await.unwrap().unwrap()
}

/// Is there to serve as long as it is there.
async fn serves_meanwhile() {
    let mut beats = JoinSet::new();
    beats.spawn(async {
        loop {
            sleep(Duration::from_millis(5)).await;
        }
    });
    sleep(Duration::from_millis(50)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{}", spawn_blocking(work(300)).await.unwrap());
    println!("{}", timeout(Duration::from_secs(1), spawn_blocking(work(50))).await.is_ok());
    // Nobody waits for it, and it is done before main is.
    spawn_blocking(work(10));
    println!("{}", first().await);
    serves_meanwhile().await;
    let mut set = JoinSet::new();
    set.spawn_blocking(work(30));
    set.spawn(async { 5 });
    println!("{}", set.join_all().await.len());
    let local = LocalSet::new();
    local.spawn_local(async {
        println!("{}", spawn_local(async { 7 }).await.unwrap());
    });
    local.await;
}
