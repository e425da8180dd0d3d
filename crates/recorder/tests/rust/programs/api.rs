//! Parts of tokio that are there, and do what they do in tokio.
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::mpsc::{self, error::TrySendError};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

fn main() {
    // What `#[tokio::test(start_paused = true)]` becomes.
    let mut builder = Builder::new_current_thread();
    builder.enable_all().start_paused(true).build().unwrap().block_on(all());
}

async fn all() {
    let mut set = JoinSet::new();
    set.extend([1, 2].map(number));
    println!("{:?}", set.join_all().await);

    let mut waits = timeout(Duration::from_secs(1), std::future::ready(1));
    *waits.get_mut() = std::future::ready(2);
    println!("{:?}", waits.await);
    let inner = timeout(Duration::from_secs(1), number(3)).into_inner();
    println!("{}", inner.await);

    let (sender, mut receiver) = mpsc::channel(1);
    sender.clone().try_reserve_owned().unwrap().send(4);
    let Err(TrySendError::Full(sender)) = sender.try_reserve_owned() else { panic!("no room") };
    println!("{:?}", receiver.recv().await);
    drop(receiver);
    println!("{}", matches!(sender.try_reserve_owned(), Err(TrySendError::Closed(_))));
}

async fn number(n: u64) -> u64 {
    sleep(Duration::from_millis(n)).await;
    n
}
