//! `tokio::sync::oneshot`, recorded.

use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use real::sync::oneshot as real_oneshot;
pub use real_oneshot::*;

use crate::rec::tasks::current::quietly;
use crate::rec::tasks::on::On;
use crate::rec::tasks::passed::ready_for;
use crate::rec::tasks::resource::Resource;
use crate::rec::tasks::wait::{Key, leaf};
use crate::stands_for::stands_for;

/// See [`real::sync::oneshot::Sender`].
pub struct Sender<T> {
    inner: real_oneshot::Sender<T>,
    resource: Arc<Resource>,
}

/// See [`real::sync::oneshot::Receiver`].
pub struct Receiver<T> {
    inner: real_oneshot::Receiver<T>,
    resource: Arc<Resource>,
    key: Key,
}

stands_for!(Sender<T>, real_oneshot::Sender<T>);
stands_for!(Receiver<T>, real_oneshot::Receiver<T>);

/// See [`real::sync::oneshot::channel`].
#[track_caller]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = real_oneshot::channel();
    let resource = Resource::new("oneshot", Location::caller());
    let sender = Sender { inner: sender, resource: Arc::clone(&resource) };
    (sender, Receiver { inner: receiver, resource, key: Key::new() })
}

impl<T> Sender<T> {
    /// See [`real::sync::oneshot::Sender::send`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn send(self, value: T) -> Result<(), T> {
        self.resource.tells();
        self.inner.send(value)
    }

    /// See [`real::sync::oneshot::Sender::closed`].
    pub async fn closed(&mut self) {
        let Sender { inner, resource } = self;
        leaf(|| On::Close { of: "receiver", resource: resource.number() }, inner.closed()).await;
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
        let Receiver { inner, resource, key } = &mut *self;
        let poll = quietly(true, || Pin::new(inner).poll(cx));
        if let (Poll::Ready(Ok(_)), Some(ns)) = (&poll, resource.told_for()) {
            ready_for(ns);
        }
        key.answer_alone(poll, || On::Answer { resource: resource.number() })
    }
}
