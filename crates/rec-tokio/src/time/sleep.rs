//! Sleeping without holding the thread.

use std::pin::Pin;
use std::task::{Context, Poll};

use real::time::{Duration, Instant};

use crate::rec::tasks::current::quietly;
use crate::rec::tasks::on::On;
use crate::rec::tasks::passed::ready_for;
use crate::rec::tasks::timer::{Due, Timer, left};

crate::stands_for::debug_as_inner!(Sleep);

/// See [`real::time::Sleep`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    inner: Pin<Box<real::time::Sleep>>,
    timer: Timer,
    /// What the program asked for.
    asked: Duration,
    due: Due,
}

/// See [`real::time::sleep`].
#[track_caller]
pub fn sleep(duration: Duration) -> Sleep {
    let due = Due::after(duration);
    Sleep::of(real::time::sleep(duration), duration, due)
}

/// See [`real::time::sleep_until`].
#[track_caller]
pub fn sleep_until(deadline: Instant) -> Sleep {
    Sleep::of(real::time::sleep_until(deadline), left(deadline), Due::at(deadline))
}

impl Sleep {
    fn of(inner: real::time::Sleep, asked: Duration, due: Due) -> Self {
        Sleep { inner: Box::pin(inner), timer: Timer::new(), asked, due }
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
    pub fn reset(mut self: Pin<&mut Self>, deadline: Instant) {
        self.asked = left(deadline);
        self.due = Due::at(deadline);
        self.inner.as_mut().reset(deadline);
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let poll = quietly(true, || this.inner.as_mut().poll(cx));
        if poll.is_ready() {
            ready_for(this.due.late());
        }
        let deadline = this.inner.deadline();
        let on = || On::Time { ns: u64::try_from(this.asked.as_nanos()).ok() };
        this.timer.answer(poll, deadline, this.due, on)
    }
}
