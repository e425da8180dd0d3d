//! What a task can stand in: functions within functions, blocks, branches, boxes.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::sleep;

/// A future that somebody has written.
struct Mine<F>(Pin<Box<F>>);

impl<F: Future> Future for Mine<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.0.as_mut().poll(cx)
    }
}

async fn naps() {
    sleep(Duration::from_secs(1)).await;
}

async fn outer() {
    Mine(Box::pin(naps())).await;
}

async fn down(n: u32) {
    match n {
        0 => naps().await,
        _ => Box::pin(down(n - 1)).await,
    }
}

async fn both(lock: &Mutex<()>) {
    tokio::join!(naps(), async {
        drop(lock.lock().await);
    });
}

async fn either() {
    tokio::select! {
        _ = naps() => {}
        _ = sleep(Duration::from_secs(2)) => {}
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    outer().await;
    down(1).await;
    either().await;
    let lock = Mutex::new(());
    let held = lock.lock().await;
    let later = async {
        naps().await;
        drop(held);
    };
    tokio::join!(both(&lock), later);
}
