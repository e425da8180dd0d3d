//! A leaf with a timer.

use std::sync::{Arc, OnceLock, Weak};
use std::task::Poll;

use real::time::Instant;

use super::current;
use super::node::Node;
use super::on::On;
use super::wait::Key;
use crate::rec::records::raw::emit;
use crate::rec::records::{clock, compute, say, stack};

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

    /// Says what `poll` means and hands it on; if it is pending, until `deadline`.
    pub(crate) fn answer<T>(
        &mut self,
        poll: Poll<T>,
        deadline: Instant,
        on: impl FnOnce() -> On,
    ) -> Poll<T> {
        match &poll {
            Poll::Pending => self.set(deadline),
            Poll::Ready(_) => self.clear(),
        }
        self.key.answer(poll, on)
    }

    fn set(&mut self, deadline: Instant) {
        let Some(node) = current::with(|frame| Arc::clone(&frame.node)) else { return };
        let due = on_clock(deadline);
        if self.node.as_ptr() != Arc::as_ptr(&node) {
            self.clear();
        }
        node.set_timer(self.key.number(), due, || {
            compute::set_timer(self.key.number());
            emit(say::Timer { k: node.id, due, s: stack::here() });
        });
        self.node = Arc::downgrade(&node);
    }

    fn clear(&self) {
        if let Some(node) = self.node.upgrade() {
            node.clear_timer(self.key.number());
            compute::clear_timer(self.key.number());
        }
    }
}

/// A moment in nanoseconds on the recorder's clock: for the same moment the
/// same number every time, on a real clock too.
fn on_clock(moment: Instant) -> u64 {
    static SAME: OnceLock<(u64, Instant)> = OnceLock::new();
    // In this order, so that no timer is due later here than it is for tokio.
    let (then, same) = SAME.get_or_init(|| (clock::now(), Instant::now()));
    let later = moment.saturating_duration_since(*same).as_nanos();
    then.saturating_add(u64::try_from(later).unwrap_or(u64::MAX / 2))
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.clear();
    }
}
