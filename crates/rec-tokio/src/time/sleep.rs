//! Sleeping without holding the thread.

use std::pin::Pin;
use std::task::{Context, Poll};

use real::time::{Duration, Instant};

use crate::rec::timer::Timer;
use crate::rec::wait::On;

crate::rec::debug_as_inner!(Sleep);

/// See [`real::time::Sleep`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    inner: Pin<Box<real::time::Sleep>>,
    timer: Timer,
    /// What the program asked for.
    asked: Duration,
    /// tokio's is not `Unpin` either.
    _pin: std::marker::PhantomPinned,
}

/// See [`real::time::sleep`].
#[track_caller]
pub fn sleep(duration: Duration) -> Sleep {
    Sleep::of(real::time::sleep(duration), duration)
}

/// See [`real::time::sleep_until`].
#[track_caller]
pub fn sleep_until(deadline: Instant) -> Sleep {
    let asked = deadline.saturating_duration_since(Instant::now());
    Sleep::of(real::time::sleep_until(deadline), asked)
}

impl Sleep {
    fn of(inner: real::time::Sleep, asked: Duration) -> Self {
        let _pin = std::marker::PhantomPinned;
        Sleep { inner: Box::pin(inner), timer: Timer::new(), asked, _pin }
    }

    /// See [`real::time::Sleep::deadline`].
    pub fn deadline(&self) -> Instant {
        self.inner.deadline()
    }

    /// See [`real::time::Sleep::is_elapsed`].
    pub fn is_elapsed(&self) -> bool {
        self.inner.is_elapsed()
    }

    /// See [`real::time::Sleep::reset`].
    pub fn reset(self: Pin<&mut Self>, deadline: Instant) {
        // SAFETY: nothing is moved out of; the pinned part is in a box of its own.
        #[allow(unsafe_code, reason = "a projection to a field that is not pinned")]
        let this = unsafe { self.get_unchecked_mut() };
        this.asked = deadline.saturating_duration_since(Instant::now());
        this.inner.as_mut().reset(deadline);
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // SAFETY: as in `reset`.
        #[allow(unsafe_code, reason = "a projection to fields that are not pinned")]
        let this = unsafe { self.get_unchecked_mut() };
        let poll = this.inner.as_mut().poll(cx);
        let deadline = this.inner.deadline();
        this.timer.answer(poll, deadline, || On::Time(this.asked))
    }
}
