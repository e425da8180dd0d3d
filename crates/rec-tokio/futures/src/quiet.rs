//! What runs several futures, each a branch: these say themselves what they
//! wait for.

use std::pin::Pin;
use std::task::{Context, Poll};

use real::stream::{FusedStream, Stream};
use tokio::__rec::{Group, polls, quietly};

/// A future or a stream whose parts are the branches of a group.
#[derive(Debug)]
#[must_use = "it does nothing unless polled"]
pub struct Quiet<T>(Pin<Box<T>>, Group);

impl<T> Quiet<T> {
    pub(crate) fn of(inner: T, group: Group) -> Self {
        Quiet(Box::pin(inner), group)
    }
}

impl<T: Future> Future for Quiet<T> {
    type Output = T::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T::Output> {
        polls(self.1, || self.0.as_mut().poll(cx))
    }
}

impl<T: Stream> Stream for Quiet<T> {
    type Item = T::Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T::Item>> {
        polls(self.1, || self.0.as_mut().poll_next(cx))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<T: FusedStream> FusedStream for Quiet<T> {
    fn is_terminated(&self) -> bool {
        self.0.is_terminated()
    }
}

/// The program's own stream within something quiet.
#[derive(Debug)]
pub(crate) struct Loud<T>(Pin<Box<T>>);

impl<T> Loud<T> {
    pub(crate) fn of(inner: T) -> Self {
        Loud(Box::pin(inner))
    }
}

impl<T: Stream> Stream for Loud<T> {
    type Item = T::Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T::Item>> {
        quietly(false, || self.0.as_mut().poll_next(cx))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}
