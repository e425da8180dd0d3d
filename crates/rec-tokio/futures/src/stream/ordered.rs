//! Futures that run at the same time and give their results in their order.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use real::stream::{FusedStream, Stream};
use tokio::__rec::{BranchFuture, Group, group, polls};

use crate::name::branch;

/// See [`real::stream::FuturesOrdered`].
#[must_use = "streams do nothing unless polled"]
pub struct FuturesOrdered<F: Future> {
    inner: real::stream::FuturesOrdered<BranchFuture<F>>,
    group: Group,
    /// How many futures there have been.
    pushed: usize,
}

impl<F: Future> FuturesOrdered<F> {
    /// See [`real::stream::FuturesOrdered::new`].
    pub fn new() -> Self {
        let inner = real::stream::FuturesOrdered::new();
        FuturesOrdered { inner, group: group(false), pushed: 0 }
    }

    /// See [`real::stream::FuturesOrdered::len`].
    pub fn len(&self) -> usize {
        self.inner.len()
    }

    /// See [`real::stream::FuturesOrdered::is_empty`].
    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// See [`real::stream::FuturesOrdered::push_back`].
    pub fn push_back(&mut self, future: F) {
        self.pushed += 1;
        self.inner.push_back(branch(future, self.pushed, self.group));
    }

    /// See [`real::stream::FuturesOrdered::push_front`].
    pub fn push_front(&mut self, future: F) {
        self.pushed += 1;
        self.inner.push_front(branch(future, self.pushed, self.group));
    }

    /// See [`real::stream::FuturesOrdered::clear`].
    pub fn clear(&mut self) {
        self.inner.clear();
    }
}

impl<F: Future> Stream for FuturesOrdered<F> {
    type Item = F::Output;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        polls(self.group, || Pin::new(&mut self.inner).poll_next(cx))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl<F: Future> FusedStream for FuturesOrdered<F> {
    fn is_terminated(&self) -> bool {
        self.inner.is_terminated()
    }
}

impl<F: Future> Default for FuturesOrdered<F> {
    fn default() -> Self {
        FuturesOrdered::new()
    }
}

impl<F: Future> fmt::Debug for FuturesOrdered<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FuturesOrdered { ... }")
    }
}

impl<F: Future> FromIterator<F> for FuturesOrdered<F> {
    fn from_iter<I: IntoIterator<Item = F>>(futures: I) -> Self {
        let mut all = FuturesOrdered::new();
        all.extend(futures);
        all
    }
}

impl<F: Future> Extend<F> for FuturesOrdered<F> {
    fn extend<I: IntoIterator<Item = F>>(&mut self, futures: I) {
        futures.into_iter().for_each(|future| self.push_back(future));
    }
}
