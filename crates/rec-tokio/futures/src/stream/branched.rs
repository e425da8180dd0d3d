//! A stream of futures, each of which is a branch.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use real::stream::Stream;
use tokio::__rec::{BranchFuture, Group};

use crate::name::branch;
use crate::quiet::Loud;

/// Makes branches of the futures that a stream gives, for whoever runs several
/// of them at a time.
#[must_use = "streams do nothing unless polled"]
pub struct Branched<St> {
    inner: Loud<St>,
    group: Group,
    /// How many futures there have been.
    given: usize,
}

impl<St> Branched<St> {
    pub(super) fn of(inner: St, group: Group) -> Self {
        Branched { inner: Loud::of(inner), group, given: 0 }
    }
}

impl<St> Stream for Branched<St>
where
    St: Stream,
    St::Item: Future,
{
    type Item = BranchFuture<St::Item>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.inner).poll_next(cx).map(|next| {
            next.map(|future| {
                self.given += 1;
                branch(future, self.given, self.group)
            })
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl<St> fmt::Debug for Branched<St> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Branched { ... }")
    }
}
