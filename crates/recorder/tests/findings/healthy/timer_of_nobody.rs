//! An egg's timer is due while nobody looks at the eggs: it wakes its task all the same.

use futures::stream::{FuturesUnordered, StreamExt};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let eggs = [5, 25].map(|ms| sleep(Duration::from_millis(ms)));
    let mut eggs: FuturesUnordered<_> = eggs.into_iter().collect();
    eggs.next().await;
    let (mut looks, mut toast) = (0, pin!(sleep(Duration::from_millis(90))));
    let toasted = poll_fn(|cx| {
        looks += 1;
        toast.as_mut().poll(cx)
    });
    toasted.await;
    println!("looked {looks} times");
}
