//! A leaf that waits in line for permits.

use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};

use super::budget::has_budget_remaining;
use super::holders::{Asker, Awaits};
use super::node::Node;
use super::on::On;
use super::resource::{Hold, Resource};
use super::wait::Key;
use super::{current, keys};
use crate::rec::records::{stack, switch};
use crate::rec::turns::threads;

impl Awaits for Node {
    fn awaits(&self, key: u64) -> bool {
        Node::awaits(self, key)
    }
}

/// The task that has the thread, which asks where `stack` says.
fn asker(stack: u32) -> Asker {
    let node = current::with(|frame| (frame.node.id, Arc::downgrade(&frame.node)));
    let (id, task) = node.unzip();
    let task = task.map(|task| task as Weak<dyn Awaits>);
    Asker { task, id, stack, turn: keys::turn() }
}

/// What a call that does not wait has got.
pub(crate) fn took(resource: &Arc<Resource>, permits: u64) -> Hold {
    Hold::of(resource, asker(stack::here()), permits)
}

/// Calls `take`, which holds the thread up until it has got so many permits.
pub(crate) fn block<T>(
    resource: &Arc<Resource>,
    permits: u64,
    take: impl FnOnce() -> T,
) -> (T, Hold) {
    let mut line = Line::new(resource);
    if resource.holders(|holders| holders.would_wait(permits)) == Some(true) {
        line.stand(permits, stack::here());
    }
    let value = take();
    (value, line.take(permits))
}

/// `future`, which asks for so many permits of the `resource`, as a leaf that
/// waits for what `on` says.
pub(crate) fn acquire<F: Future, W: Fn() -> On>(
    resource: &Arc<Resource>,
    permits: u64,
    on: W,
    future: F,
) -> Acquire<F, W> {
    let line = Line::new(resource);
    Acquire { line, future: Box::pin(future), permits, on, is_asked: false, has_waited: false }
}

/// See [`acquire`]. Gives what the future gives, and what it has got.
pub(crate) struct Acquire<F, W> {
    // Before the future: what that gives back is the next one's.
    line: Line,
    future: Pin<Box<F>>,
    permits: u64,
    on: W,
    is_asked: bool,
    has_waited: bool,
}

/// A place in line.
pub(crate) struct Line {
    resource: Arc<Resource>,
    key: Key,
    stands: bool,
}

impl Line {
    pub(crate) fn new(resource: &Arc<Resource>) -> Self {
        Line { resource: Arc::clone(resource), key: Key::new(), stands: false }
    }

    fn stand(&mut self, permits: u64, stack: u32) {
        self.stands = true;
        let (by, key) = (asker(stack), self.key.number());
        self.resource.holders(|holders| holders.waits(key, &by, permits));
    }

    /// Waits for so many permits, which is what `on` says.
    pub(crate) fn wait(&mut self, permits: u64, on: impl FnOnce() -> On) {
        let stack = stack::here();
        // Without budget it has not asked.
        if switch::on() && has_budget_remaining() {
            self.stand(permits, stack);
        }
        self.key.waits_at(stack, on);
    }

    /// Has got so many permits.
    pub(crate) fn take(&mut self, permits: u64) -> Hold {
        self.key.done();
        match std::mem::take(&mut self.stands) {
            true => {
                // Where it asked is known already.
                Hold::of_line(&self.resource, self.key.number(), asker(0), permits)
            }
            false => took(&self.resource, permits),
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.stands {
            self.resource.change(|holders| holders.gives_up(self.key.number()));
        }
    }
}

impl<F: Future, W: Fn() -> On + Unpin> Future for Acquire<F, W> {
    type Output = (F::Output, Hold);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if !std::mem::replace(&mut this.is_asked, true) {
            threads::others_first();
        }
        match current::quietly(true, || this.future.as_mut().poll(cx)) {
            Poll::Pending => {
                this.has_waited = true;
                this.line.wait(this.permits, &this.on);
                Poll::Pending
            }
            Poll::Ready(value) => {
                let hold = this.line.take(this.permits);
                // Who had stood in line was given them.
                if !this.has_waited {
                    threads::others_first();
                }
                Poll::Ready((value, hold))
            }
        }
    }
}
