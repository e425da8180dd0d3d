//! A leaf with a timer.

use std::sync::{Arc, Weak};
use std::task::Poll;
use std::time::Duration;

use real::time::Instant;

use super::current;
use super::node::Node;
use super::on::On;
use super::wait::Key;
use crate::rec::records::raw::emit;
use crate::rec::records::{clock, compute, say, stack};

/// Less than so many ns are recorded as the ticks that they take: beside more,
/// the one by which tokio rounds up does not count.
const SHORT: u64 = 10_000_000;

/// When a timer is due, in ns of the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// As the program asked.
    asked: u64,
    /// When tokio has it fire, as it is recorded.
    fires: u64,
}

impl Due {
    /// So long after now.
    pub(crate) fn after(time: Duration) -> Self {
        clock::follow();
        let (now, time) = (clock::now(), nanoseconds(time));
        let asked = now.saturating_add(time);
        let is_short = time < SHORT && clock::is_virtual() && !clock::may_be_paused();
        let fires = if is_short { now + clock::by_ticks(time) } else { asked };
        Due { asked, fires }
    }

    /// By how many ns it is over now.
    pub(crate) fn late(self) -> u64 {
        clock::now().saturating_sub(self.asked)
    }

    /// At `moment`, which is on the program's clock. What that is in the records
    /// depends on when the program read the clock, which is not known: of the
    /// moments that it may be, the roundest.
    pub(crate) fn at(moment: Instant) -> Self {
        let left = left(moment);
        let earliest = Due::after(left);
        if left < Duration::from_nanos(SHORT) || clock::may_be_paused() {
            return earliest;
        }
        let last = earliest.asked.saturating_add(clock::lag());
        let asked = roundest(earliest.asked, last);
        Due { asked, fires: asked }
    }

    /// The first tick of an interval, at `moment`: on the records' grid.
    pub(crate) fn first(moment: Instant) -> Self {
        let Due { asked, .. } = Due::at(moment);
        Due { asked, fires: asked }
    }

    /// Now, on the records' grid.
    pub(crate) fn now() -> Self {
        let Due { asked, .. } = Due::after(Duration::ZERO);
        Due { asked, fires: asked }
    }

    /// So long after this.
    pub(crate) fn later(self, time: Duration) -> Self {
        let asked = self.asked.saturating_add(nanoseconds(time));
        Due { asked, fires: asked }
    }
}

/// The number from `first` to `last` that ends with the most zeros; of several
/// the last.
fn roundest(first: u64, last: u64) -> u64 {
    let mut found = last;
    let mut unit = 1_u64;
    while let Some(next) = unit.checked_mul(10) {
        let round = last / next * next;
        if round < first || round == 0 {
            break;
        }
        (found, unit) = (round, next);
    }
    found
}

/// What is left until `moment`.
pub(crate) fn left(moment: Instant) -> Duration {
    moment.saturating_duration_since(Instant::now())
}

fn nanoseconds(time: Duration) -> u64 {
    // Half of what fits, so that no sum overflows.
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX).min(u64::MAX / 4)
}

/// A leaf that waits, among other things perhaps, for a time to come.
pub(crate) struct Timer {
    key: Key,
    /// The task that it was last polled by.
    node: Weak<Node>,
}

impl Timer {
    pub(crate) fn new() -> Self {
        Timer { key: Key::new(), node: Weak::new() }
    }

    /// Says what `poll` means and hands it on; if it is pending, until
    /// `deadline`, which is `due` in the records.
    pub(crate) fn answer<T>(
        &mut self,
        poll: Poll<T>,
        deadline: Instant,
        due: Due,
        on: impl FnOnce() -> On,
    ) -> Poll<T> {
        match &poll {
            Poll::Pending => self.set(deadline, due),
            Poll::Ready(_) => self.clear(),
        }
        self.key.answer_alone(poll, on)
    }

    /// Whether it has been set, and the task waits for other things now.
    pub(crate) fn is_left(&self) -> bool {
        self.node.upgrade().is_some_and(|node| !node.awaits(self.key.number()))
    }

    fn set(&mut self, deadline: Instant, due: Due) {
        let Some(node) = current::with(|frame| Arc::clone(&frame.node)) else { return };
        if self.node.as_ptr() != Arc::as_ptr(&node) {
            self.clear();
        }
        node.set_timer(self.key.number(), due.asked, || {
            compute::set_timer(self.key.number());
            clock::set_timer(self.key.number(), nanoseconds(left(deadline)), due.fires);
            emit(say::Timer { k: node.id, due: due.asked, s: stack::here() });
        });
        self.node = Arc::downgrade(&node);
    }

    fn clear(&self) {
        if let Some(node) = self.node.upgrade() {
            node.clear_timer(self.key.number());
            compute::clear_timer(self.key.number());
            clock::clear_timer(self.key.number());
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.clear();
    }
}
