//! Futures of the program's own, of which nothing is known but their lines.
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    Twice { polled: false, hold: false }.await;
    Twice { polled: false, hold: true }.await;
    let (tx, rx) = futures::channel::oneshot::channel();
    tokio::spawn(answer(tx));
    println!("{}", rx.await.unwrap());
}

/// Is ready when polled again; wakes at once, or later if it holds the waker.
struct Twice {
    polled: bool,
    hold: bool,
}

impl Future for Twice {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.polled, true) {
            return Poll::Ready(());
        }
        if self.hold {
            tokio::spawn(wake_later(cx.waker().clone()));
        } else {
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

async fn wake_later(waker: Waker) {
    sleep(Duration::from_secs(1)).await;
    waker.wake();
}

async fn answer(tx: futures::channel::oneshot::Sender<u32>) {
    tx.send(1).unwrap();
}
