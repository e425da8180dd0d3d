//! Futures that run at the same time and give their results as they come.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use real::stream::{FusedStream, Stream};
use tokio::__rec::{BranchFuture, Group, group, polls};

use crate::name::branch;

/// See [`real::stream::FuturesUnordered`].
#[must_use = "streams do nothing unless polled"]
pub struct FuturesUnordered<F> {
    inner: real::stream::FuturesUnordered<BranchFuture<F>>,
    group: Group,
    /// How many futures there have been.
    pushed: std::cell::Cell<usize>,
}

impl<F> FuturesUnordered<F> {
    /// See [`real::stream::FuturesUnordered::new`].
    pub fn new() -> Self {
        let inner = real::stream::FuturesUnordered::new();
        FuturesUnordered { inner, group: group(false), pushed: std::cell::Cell::new(0) }
    }

    /// See [`real::stream::FuturesUnordered::len`].
    pub fn len(&self) -> usize {
        self.inner.len()
    }

    /// See [`real::stream::FuturesUnordered::is_empty`].
    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// See [`real::stream::FuturesUnordered::clear`].
    pub fn clear(&mut self) {
        self.inner.clear();
    }
}

impl<F: Future> FuturesUnordered<F> {
    /// See [`real::stream::FuturesUnordered::push`].
    pub fn push(&self, future: F) {
        self.pushed.set(self.pushed.get() + 1);
        self.inner.push(branch(future, self.pushed.get(), self.group));
    }
}

impl<F: Future> Stream for FuturesUnordered<F> {
    type Item = F::Output;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        polls(self.group, || Pin::new(&mut self.inner).poll_next(cx))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl<F: Future> FusedStream for FuturesUnordered<F> {
    fn is_terminated(&self) -> bool {
        self.inner.is_terminated()
    }
}

impl<F> Default for FuturesUnordered<F> {
    fn default() -> Self {
        FuturesUnordered::new()
    }
}

impl<F> fmt::Debug for FuturesUnordered<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FuturesUnordered {{ ... }}")
    }
}

impl<F: Future> FromIterator<F> for FuturesUnordered<F> {
    fn from_iter<I: IntoIterator<Item = F>>(futures: I) -> Self {
        let all = FuturesUnordered::new();
        futures.into_iter().for_each(|future| all.push(future));
        all
    }
}

impl<F: Future> Extend<F> for FuturesUnordered<F> {
    fn extend<I: IntoIterator<Item = F>>(&mut self, futures: I) {
        futures.into_iter().for_each(|future| self.push(future));
    }
}
