//! `tokio::sync::oneshot`, recorded.

use std::pin::Pin;
use std::task::{Context, Poll};

use real::sync::oneshot as real_oneshot;
pub use real_oneshot::*;

use crate::rec::tasks::current::quietly;
use crate::rec::tasks::on::text;
use crate::rec::tasks::wait::{Key, wait};
use crate::stands_for::stands_for;

/// See [`real::sync::oneshot::Sender`].
pub struct Sender<T> {
    inner: real_oneshot::Sender<T>,
}

/// See [`real::sync::oneshot::Receiver`].
pub struct Receiver<T> {
    inner: real_oneshot::Receiver<T>,
    key: Key,
}

stands_for!(Sender<T>, real_oneshot::Sender<T>);
stands_for!(Receiver<T>, real_oneshot::Receiver<T>);

/// See [`real::sync::oneshot::channel`].
#[track_caller]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = real_oneshot::channel();
    (Sender { inner: sender }, Receiver { inner: receiver, key: Key::new() })
}

impl<T> Sender<T> {
    /// See [`real::sync::oneshot::Sender::send`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn send(self, value: T) -> Result<(), T> {
        self.inner.send(value)
    }

    /// See [`real::sync::oneshot::Sender::closed`].
    pub async fn closed(&mut self) {
        wait("the receiver to go", self.inner.closed()).await;
    }
}

impl<T> Receiver<T> {
    /// See [`real::sync::oneshot::Receiver::blocking_recv`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    #[track_caller]
    pub fn blocking_recv(self) -> Result<T, error::RecvError> {
        self.inner.blocking_recv()
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, error::RecvError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let poll = quietly(true, || Pin::new(&mut self.inner).poll(cx));
        self.key.answer(poll, || text("the answer"))
    }
}
