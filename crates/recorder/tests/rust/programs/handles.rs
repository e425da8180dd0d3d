//! Handles awaited, dropped and aborted; tasks of tasks; sets of tasks.
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{}", tokio::spawn(parent()).await.unwrap());
    drop(tokio::spawn(detached()));
    let aborted = tokio::spawn(forever());
    tokio::task::yield_now().await;
    aborted.abort();
    println!("cancelled: {}", aborted.await.unwrap_err().is_cancelled());

    let mut set = JoinSet::new();
    for n in [3, 1, 2] {
        set.spawn(number(n));
    }
    while let Some(n) = set.join_next().await {
        println!("joined {}", n.unwrap());
    }
    set.spawn(number(4));
    tokio::task::yield_now().await;
    set.abort_all();
    println!("aborted: {}", set.join_next().await.unwrap().is_err());
    set.spawn(number(5));
    tokio::task::yield_now().await;
    drop(set);
    sleep(Duration::from_millis(1)).await;
    let last = tokio::spawn(forever());
    tokio::task::yield_now().await;
    println!("{}", last.is_finished());
}

async fn parent() -> u32 {
    let child = tokio::spawn(child());
    child.await.unwrap() + 1
}

async fn child() -> u32 {
    41
}

async fn detached() {
    println!("detached");
}

async fn forever() {
    std::future::pending::<()>().await;
}

async fn number(n: u64) -> u64 {
    sleep(Duration::from_secs(n)).await;
    n
}
