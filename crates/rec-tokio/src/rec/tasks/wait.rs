//! What a task waits for, said by its leaves.
//!
//! A *leaf* is a future that returns `Pending` of its own accord: a sleep, a
//! channel's `recv`. In the poll in which it does, it tells the task that has
//! the thread what it waits for ([`Key::waits`]); when it is ready or dropped
//! it takes that back. What is left when the task's poll returns is what the
//! task waits for. What a branch waits for is kept from the poll that said it,
//! since one of many is not polled each time that its task is.
//!
//! *Strangers* are leaves that this crate does not know. All that is known of
//! them is where they took the task's waker: what function that was tells the
//! parent process what they wait for.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::task::{Context, Poll};

use super::budget::has_budget_remaining;
use super::on::{On, Said, Wait};
use super::{current, keys};
use crate::rec::records::stack;
use crate::rec::turns::threads;

/// A leaf's identity.
#[derive(Debug)]
pub(crate) struct Key {
    number: u64,
    /// It was pending when it was asked last. Only who has the future changes it, but
    /// tokio's futures can be shared.
    waits: AtomicBool,
}

impl Key {
    pub(crate) fn new() -> Self {
        Key { number: keys::next(), waits: AtomicBool::new(false) }
    }

    /// The leaf is going to be asked: where orders are chosen, others may go
    /// first, unless it waits already.
    pub(crate) fn asks(&self) {
        if !self.waits.load(Relaxed) {
            threads::others_first();
        }
    }

    /// The leaf's number, for what else is kept by leaf.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The leaf is pending. A task that has used up its budget waits for its
    /// next turn, whatever the leaf says.
    pub(crate) fn waits(&self, on: impl FnOnce() -> On) {
        self.waits_at(stack::here(), on);
    }

    /// The same, with the stack of the leaf.
    pub(crate) fn waits_at(&self, stack: u32, on: impl FnOnce() -> On) {
        let on = if has_budget_remaining() { on() } else { On::Turn {} };
        self.waits.store(true, Relaxed);
        current::say(self.number, Said::Leaf(Wait { on, stack }));
    }

    /// The leaf is not pending any more.
    pub(crate) fn done(&self) {
        self.waits.store(false, Relaxed);
        current::forget(self.number);
    }

    /// The leaf is ready: where orders are chosen, its task may be overtaken before
    /// it goes on. If it had waited, that is no other order than that somebody went
    /// before it was asked again, unless this `changes` what others find, or has made
    /// one of them ready.
    pub(crate) fn completes(&self, changes: bool) {
        let may_be_overtaken = changes || !self.waits.load(Relaxed) || threads::has_made_ready();
        self.done();
        if may_be_overtaken {
            threads::others_first();
        }
    }

    /// The same as [`Key::answer_given`], for a leaf that nobody can take anything
    /// from: it comes to the same whether others go first before or after it is
    /// asked, and if it is pending they do so anyway.
    pub(crate) fn answer_alone<T>(&self, poll: Poll<T>, on: impl FnOnce() -> On) -> Poll<T> {
        if poll.is_pending() && current::is_in_branch() {
            self.asks();
        }
        self.answer_given(poll, on)
    }

    /// The same as [`Key::answer`], for a leaf that takes nothing if it has waited:
    /// it was given what it waited for by whoever woke it.
    pub(crate) fn answer_given<T>(&self, poll: Poll<T>, on: impl FnOnce() -> On) -> Poll<T> {
        match poll {
            Poll::Pending => self.waits(on),
            Poll::Ready(_) => self.completes(false),
        }
        poll
    }

    /// Says what `poll` means and hands it on.
    pub(crate) fn answer<T>(&self, poll: Poll<T>, on: impl FnOnce() -> On) -> Poll<T> {
        match poll {
            Poll::Pending => self.waits(on),
            Poll::Ready(_) => self.completes(true),
        }
        poll
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.done();
    }
}

/// `future` as a leaf that waits for what `on` says, unless it has leaves
/// itself that say better what they wait for.
pub(crate) fn leaf<F: Future, W: Fn() -> On>(on: W, future: F) -> Leaf<F, W> {
    Leaf { future: Box::pin(future), key: Key::new(), on, is_asked: false, is_alone: false }
}

/// The same for one that nobody can take anything from, see [`Key::answer_alone`],
/// if `is_alone`.
pub(crate) fn leaf_alone<F: Future, W: Fn() -> On>(is_alone: bool, on: W, future: F) -> Leaf<F, W> {
    Leaf { is_alone, ..leaf(on, future) }
}

/// See [`leaf`].
pub(crate) struct Leaf<F, W> {
    future: Pin<Box<F>>,
    key: Key,
    on: W,
    is_asked: bool,
    is_alone: bool,
}

impl<F: Future, W: Fn() -> On + Unpin> Future for Leaf<F, W> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        if !std::mem::replace(&mut self.is_asked, true) && !self.is_alone {
            threads::others_first();
        }
        let before = current::said();
        let poll = current::quietly(true, || self.future.as_mut().poll(cx));
        if poll.is_pending() && current::said() != before {
            self.key.done();
            return poll;
        }
        match self.is_alone {
            true => self.key.answer_alone(poll, &self.on),
            false => self.key.answer(poll, &self.on),
        }
    }
}

/// `future`, of the program's own, within a leaf.
pub(crate) fn own<F: Future>(future: F) -> Own<F> {
    Own(Box::pin(future))
}

/// See [`own`].
#[derive(Debug)]
pub(crate) struct Own<F>(Pin<Box<F>>);

impl<F> Own<F> {
    pub(crate) fn get_ref(&self) -> &F {
        &self.0
    }

    /// # Safety
    ///
    /// The future has not been polled, or is not moved.
    #[allow(unsafe_code, reason = "the caller knows")]
    pub(crate) unsafe fn get_mut(&mut self) -> &mut F {
        // SAFETY: the caller's promise.
        unsafe { self.0.as_mut().get_unchecked_mut() }
    }

    /// # Safety
    ///
    /// The future has not been polled.
    #[allow(unsafe_code, reason = "the caller knows")]
    pub(crate) unsafe fn into_inner(self) -> F {
        // SAFETY: the caller's promise.
        *unsafe { Pin::into_inner_unchecked(self.0) }
    }
}

impl<F: Future> Future for Own<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        current::quietly(false, || self.0.as_mut().poll(cx))
    }
}
