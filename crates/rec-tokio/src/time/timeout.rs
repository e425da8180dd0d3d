//! Waiting, but not for ever.

use std::pin::Pin;
use std::task::{Context, Poll};

use real::time::error::Elapsed;
use real::time::{Duration, Instant};

use crate::rec::current::quietly;
use crate::rec::timer::Timer;
use crate::rec::wait::{On, Own, own};

/// See [`real::time::Timeout`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    inner: Pin<Box<real::time::Timeout<Own<F>>>>,
    timer: Timer,
    /// What the program asked for.
    asked: Duration,
    /// None when it is too far away to be said.
    deadline: Option<Instant>,
}

crate::rec::debug_as_inner!(Timeout<F>);

/// See [`real::time::timeout`].
#[track_caller]
pub fn timeout<F: IntoFuture>(duration: Duration, future: F) -> Timeout<F::IntoFuture> {
    let deadline = Instant::now().checked_add(duration);
    let inner = Box::pin(real::time::timeout(duration, own(future.into_future())));
    Timeout { inner, timer: Timer::new(), asked: duration, deadline }
}

/// See [`real::time::timeout_at`].
#[track_caller]
pub fn timeout_at<F: IntoFuture>(deadline: Instant, future: F) -> Timeout<F::IntoFuture> {
    let asked = deadline.saturating_duration_since(Instant::now());
    let inner = Box::pin(real::time::timeout_at(deadline, own(future.into_future())));
    Timeout { inner, timer: Timer::new(), asked, deadline: Some(deadline) }
}

impl<F> Timeout<F> {
    /// See [`real::time::Timeout::get_ref`].
    pub fn get_ref(&self) -> &F {
        self.inner.get_ref().get_ref()
    }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let poll = quietly(true, || this.inner.as_mut().poll(cx));
        match this.deadline {
            Some(deadline) => this.timer.answer(poll, deadline, || On::Time(this.asked)),
            None => poll,
        }
    }
}
