//! Futures from lists, within one task.
use std::time::Duration;

use futures::future::join_all;
use futures::stream::{self, FuturesOrdered, FuturesUnordered, StreamExt};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{:?}", join_all([2, 1].map(after)).await);

    let tasks = [2, 1].map(|n| tokio::spawn(after(n)));
    join_all(tasks).await;

    println!("block {}", join_all([async { 7 }]).await[0]);

    let mut all: FuturesUnordered<_> = [3, 1, 2].into_iter().map(after).collect();
    while let Some(n) = all.next().await {
        println!("first {n}");
    }
    let sum = stream::iter([1, 2, 3]).map(after).buffer_unordered(2).fold(0, add).await;
    println!("sum {sum}");
    let (a, b) = futures::join!(after(1), after(2));
    println!("{}", a + b);

    let all: FuturesOrdered<_> = [2, 1].into_iter().map(after).collect();
    println!("ordered {:?}", all.collect::<Vec<_>>().await);
    let two = stream::iter([3, 1, 2]).map(after).buffered(2);
    println!("buffered {:?}", two.collect::<Vec<_>>().await);
    stream::iter([2, 1]).for_each_concurrent(None, show).await;
}

async fn show(seconds: u64) {
    println!("shown {}", after(seconds).await);
}

async fn after(seconds: u64) -> u64 {
    sleep(Duration::from_secs(seconds)).await;
    seconds
}

async fn add(a: u64, b: u64) -> u64 {
    a + b
}
