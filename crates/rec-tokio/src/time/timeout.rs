//! Waiting, but not for ever.

use std::marker::PhantomPinned;
use std::pin::Pin;
use std::task::{Context, Poll};

use real::time::error::Elapsed;
use real::time::{Duration, Instant};

use crate::rec::records::raw::emit;
use crate::rec::records::say::Overrun;
use crate::rec::records::{clock, stack, switch};
use crate::rec::tasks::current::{self, quietly};
use crate::rec::tasks::on::On;
use crate::rec::tasks::taken::Hands;
use crate::rec::tasks::timer::{Due, Timer, left};
use crate::rec::tasks::wait::{Own, own};

/// See [`real::time::Timeout`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    inner: Pin<Box<real::time::Timeout<Own<F>>>>,
    timer: Timer,
    /// What the program asked for.
    asked: Duration,
    /// None when it is too far away to be said.
    deadline: Option<Instant>,
    due: Due,
    hands: Hands,
    /// As tokio's own: who has it by value has not polled it.
    _pinned: PhantomPinned,
}

crate::stands_for::debug_as_inner!(Timeout<F>);

/// See [`real::time::timeout`].
#[track_caller]
pub fn timeout<F: IntoFuture>(duration: Duration, future: F) -> Timeout<F::IntoFuture> {
    let due = Due::after(duration);
    let deadline = Instant::now().checked_add(duration);
    let inner = Box::pin(real::time::timeout(duration, own(future.into_future())));
    Timeout {
        inner,
        timer: Timer::new(),
        asked: duration,
        deadline,
        due,
        hands: Hands::of("timeout".into()),
        _pinned: PhantomPinned,
    }
}

/// See [`real::time::timeout_at`].
#[track_caller]
pub fn timeout_at<F: IntoFuture>(deadline: Instant, future: F) -> Timeout<F::IntoFuture> {
    let (asked, due) = (left(deadline), Due::at(deadline));
    let inner = Box::pin(real::time::timeout_at(deadline, own(future.into_future())));
    let deadline = Some(deadline);
    Timeout {
        inner,
        timer: Timer::new(),
        asked,
        deadline,
        due,
        hands: Hands::of("timeout".into()),
        _pinned: PhantomPinned,
    }
}

impl<F> Timeout<F> {
    /// See [`real::time::Timeout::get_ref`].
    pub fn get_ref(&self) -> &F {
        self.inner.get_ref().get_ref()
    }

    /// See [`real::time::Timeout::get_mut`].
    pub fn get_mut(&mut self) -> &mut F {
        // SAFETY: this is not pinned, so neither of the two has been polled.
        #[allow(unsafe_code, reason = "they are pinned in a box")]
        unsafe {
            self.inner.as_mut().get_unchecked_mut().get_mut().get_mut()
        }
    }

    /// See [`real::time::Timeout::into_inner`].
    pub fn into_inner(self) -> F {
        // SAFETY: this is not pinned, so neither of the two has been polled.
        #[allow(unsafe_code, reason = "they are pinned in a box")]
        unsafe {
            Pin::into_inner_unchecked(self.inner).into_inner().into_inner()
        }
    }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: nothing is moved out; the future has a box of its own.
        #[allow(unsafe_code, reason = "only its being pinned is pinned")]
        let this = unsafe { self.get_unchecked_mut() };
        let before = this.deadline.filter(|deadline| switch::on() && Instant::now() < *deadline);
        let felt = u64::try_from(clock::felt().as_nanos()).unwrap_or(u64::MAX);
        let is_left = switch::on() && this.due.late() >= felt && this.timer.is_left();
        let inner = &mut this.inner;
        let poll = this.hands.poll(|| quietly(true, || inner.as_mut().poll(cx)));
        match &poll {
            Poll::Ready(Ok(_)) => this.hands.hand_over(),
            Poll::Ready(Err(_)) => this.hands.drop(),
            Poll::Pending => {}
        }
        let limit = u64::try_from(this.asked.as_nanos()).unwrap_or(u64::MAX);
        if before.is_some_and(|deadline| Instant::now() >= deadline + clock::felt()) {
            emit(Overrun { k: current::task(), limit, s: stack::here(), late: None::<u64> });
        } else if is_left && matches!(poll, Poll::Ready(Err(_))) {
            let late = Some(this.due.late());
            emit(Overrun { k: current::task(), limit, s: stack::here(), late });
        }
        match this.deadline {
            Some(deadline) => this.timer.answer(poll, deadline, this.due, || On::Time {
                ns: u64::try_from(this.asked.as_nanos()).ok(),
            }),
            None => poll,
        }
    }
}
