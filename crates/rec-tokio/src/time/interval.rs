//! Ticking.

use std::future::poll_fn;
use std::task::{Context, Poll};

use real::time::{Duration, Instant, MissedTickBehavior};

use crate::rec::tasks::current::quietly;
use crate::rec::tasks::on::On;
use crate::rec::tasks::timer::{Due, Timer};

/// See [`real::time::Interval`].
pub struct Interval {
    inner: real::time::Interval,
    timer: Timer,
    /// When the next tick is due, which tokio's does not tell.
    next: Instant,
    /// The same in the records.
    due: Due,
}

crate::stands_for::debug_as_inner!(Interval);

/// See [`real::time::interval`].
#[track_caller]
pub fn interval(period: Duration) -> Interval {
    let due = Due::now();
    let inner = real::time::interval(period);
    Interval { inner, timer: Timer::new(), next: Instant::now(), due }
}

/// See [`real::time::interval_at`].
#[track_caller]
pub fn interval_at(start: Instant, period: Duration) -> Interval {
    let inner = real::time::interval_at(start, period);
    Interval { inner, timer: Timer::new(), next: start, due: Due::first(start) }
}

impl Interval {
    /// See [`real::time::Interval::tick`].
    pub async fn tick(&mut self) -> Instant {
        poll_fn(|cx| self.poll_tick(cx)).await
    }

    /// See [`real::time::Interval::poll_tick`].
    pub fn poll_tick(&mut self, cx: &mut Context<'_>) -> Poll<Instant> {
        let poll = quietly(true, || self.inner.poll_tick(cx));
        let poll = self.timer.answer(poll, self.next, self.due, || On::Tick {});
        if let Poll::Ready(tick) = poll {
            let next = self.after(tick, Instant::now());
            let is_late = Duration::from_millis(5) < Instant::now().saturating_duration_since(tick);
            self.due = match self.missed_tick_behavior() {
                MissedTickBehavior::Delay if is_late => Due::now().later(self.period()),
                _ => self.due.later(next.saturating_duration_since(tick)),
            };
            self.next = next;
        }
        poll
    }

    /// When the tick after `tick` is due; see `poll_tick` in tokio's
    /// `time/interval.rs`.
    fn after(&self, tick: Instant, now: Instant) -> Instant {
        let period = self.period();
        if now <= tick + Duration::from_millis(5) {
            return tick + period;
        }
        match self.missed_tick_behavior() {
            MissedTickBehavior::Burst => tick + period,
            MissedTickBehavior::Delay => now + period,
            MissedTickBehavior::Skip => {
                let over = (now - tick).as_nanos() % period.as_nanos();
                now + (period - Duration::from_nanos(u64::try_from(over).unwrap_or(0)))
            }
        }
    }

    /// See [`real::time::Interval::reset`].
    pub fn reset(&mut self) {
        self.next = Instant::now() + self.period();
        self.due = Due::now().later(self.period());
        self.inner.reset();
    }

    /// See [`real::time::Interval::reset_immediately`].
    pub fn reset_immediately(&mut self) {
        self.next = Instant::now();
        self.due = Due::now();
        self.inner.reset_immediately();
    }

    /// See [`real::time::Interval::reset_after`].
    pub fn reset_after(&mut self, after: Duration) {
        self.next = Instant::now() + after;
        self.due = Due::now().later(after);
        self.inner.reset_after(after);
    }

    /// See [`real::time::Interval::reset_at`].
    pub fn reset_at(&mut self, deadline: Instant) {
        self.next = deadline;
        self.due = Due::first(deadline);
        self.inner.reset_at(deadline);
    }

    /// See [`real::time::Interval::missed_tick_behavior`].
    pub fn missed_tick_behavior(&self) -> MissedTickBehavior {
        self.inner.missed_tick_behavior()
    }

    /// See [`real::time::Interval::set_missed_tick_behavior`].
    pub fn set_missed_tick_behavior(&mut self, behavior: MissedTickBehavior) {
        self.inner.set_missed_tick_behavior(behavior);
    }

    /// See [`real::time::Interval::period`].
    pub fn period(&self) -> Duration {
        self.inner.period()
    }
}
