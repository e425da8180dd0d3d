//! The floors on one thread: nothing that does the same can cost less.

use std::collections::VecDeque;
use std::future::Future;
use std::hint::black_box;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

fn timed(n: u64, mut once: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..n {
        once();
    }
    start.elapsed()
}

#[inline(never)]
pub fn plus_one(x: u64) -> u64 {
    black_box(x) + 1
}

pub fn call(n: u64) -> Duration {
    timed(n, || {
        black_box(plus_one(1));
    })
}

/// A poll and nothing around it: no queue, no waker, no timer.
pub fn poll(n: u64) -> Duration {
    let mut future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(std::future::pending());
    let mut context = Context::from_waker(Waker::noop());
    timed(n, || {
        let poll: Poll<()> = black_box(&mut future).as_mut().poll(&mut context);
        black_box(poll.is_pending());
    })
}

/// A task has to live somewhere: memory for a future, a poll, the memory freed.
pub fn boxed(n: u64) -> Duration {
    let mut context = Context::from_waker(Waker::noop());
    timed(n, || {
        let future = async { black_box(plus_one(1)) };
        let mut boxed: Pin<Box<dyn Future<Output = u64>>> = Box::pin(future);
        black_box(black_box(&mut boxed).as_mut().poll(&mut context).is_ready());
    })
}

pub fn queue(n: u64) -> Duration {
    let mut queue = VecDeque::with_capacity(16);
    timed(n, || {
        black_box(&mut queue).push_back(black_box(1u64));
        black_box(black_box(&mut queue).pop_front());
    })
}

pub fn lock(n: u64) -> Duration {
    let mutex = Mutex::new(0u64);
    timed(n, || *black_box(&mutex).lock().expect("nobody panics") += 1)
}

pub fn system_call(n: u64) -> Duration {
    timed(n, || {
        black_box(nix::unistd::getppid());
    })
}
