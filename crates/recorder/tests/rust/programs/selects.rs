//! What the futures crate has for the first of several.
use std::time::Duration;

use futures::future::{self, Either, FutureExt};
use futures::prelude::*;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut slow = after(3).boxed().fuse();
    let mut ticks = stream::iter([1, 1]).then(after).boxed().fuse();
    loop {
        futures::select_biased! {
            n = slow => println!("slow {n}"),
            tick = ticks.next() => match tick {
                Some(n) => println!("tick {n}"),
                None => println!("no more ticks"),
            },
            complete => break,
        }
    }
    let first = futures::select! {
        n = after(1).fuse() => n,
        m = after(2).fuse() => { m + 10 }
    };
    println!("first {first}");
    let nothing = futures::select! {
        _ = after(1).fuse() => "something",
        default => "nothing",
    };
    println!("{nothing}");

    match future::select(after(2).boxed(), after(1).boxed()).await {
        Either::Left((n, _)) => println!("left {n}"),
        Either::Right((n, rest)) => println!("right {n}, then {}", rest.await),
    }
    let mut tasks: Vec<_> = [3, 1, 2].into_iter().map(|n| tokio::spawn(after(n))).collect();
    while !tasks.is_empty() {
        let (n, at, rest) = future::select_all(tasks).await;
        println!("{} at {at}", n.unwrap());
        rest.iter().for_each(|task| assert!(!task.is_finished()));
        tasks = rest;
    }
}

async fn after(seconds: u64) -> u64 {
    sleep(Duration::from_secs(seconds)).await;
    seconds
}
