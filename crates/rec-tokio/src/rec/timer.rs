//! A leaf with a timer.

use std::sync::{Arc, Weak};
use std::task::Poll;

use real::time::Instant;

use super::raw::emit;
use super::wait::{Key, On};
use super::waker::Node;
use super::{clock, compute, current, stack};

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
        let left = deadline.saturating_duration_since(Instant::now());
        let left = u64::try_from(left.as_nanos()).unwrap_or(u64::MAX / 2);
        if self.node.as_ptr() != Arc::as_ptr(&node) {
            self.clear();
        }
        if node.set_timer(self.key.number(), clock::now().saturating_add(left)) {
            compute::set_timer(self.key.number());
            emit!("timer", ",\"k\":{},\"ns\":{left},\"s\":{}", node.id, stack::here());
        }
        self.node = Arc::downgrade(&node);
    }

    fn clear(&self) {
        if let Some(node) = self.node.upgrade() {
            node.clear_timer(self.key.number());
            compute::clear_timer(self.key.number());
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.clear();
    }
}
