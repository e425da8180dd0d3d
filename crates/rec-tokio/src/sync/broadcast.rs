//! `tokio::sync::broadcast`, recorded.

use real::sync::broadcast as real_broadcast;
pub use real_broadcast::*;

use crate::rec::tasks::wait::wait;
use crate::stands_for::stands_for;

/// See [`real::sync::broadcast::Sender`].
pub struct Sender<T> {
    inner: real_broadcast::Sender<T>,
}

/// See [`real::sync::broadcast::WeakSender`].
pub struct WeakSender<T> {
    inner: real_broadcast::WeakSender<T>,
}

/// See [`real::sync::broadcast::Receiver`].
pub struct Receiver<T> {
    inner: real_broadcast::Receiver<T>,
}

stands_for!(Sender<T>, real_broadcast::Sender<T>);
stands_for!(WeakSender<T>, real_broadcast::WeakSender<T>);
stands_for!(Receiver<T>, real_broadcast::Receiver<T>);

/// See [`real::sync::broadcast::channel`].
#[track_caller]
pub fn channel<T: Clone>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = real_broadcast::channel(capacity);
    (Sender { inner: sender }, Receiver { inner: receiver })
}

impl<T> Sender<T> {
    /// See [`real::sync::broadcast::Sender::new`].
    #[track_caller]
    pub fn new(capacity: usize) -> Self {
        Sender { inner: real_broadcast::Sender::new(capacity) }
    }

    /// See [`real::sync::broadcast::Sender::subscribe`].
    pub fn subscribe(&self) -> Receiver<T> {
        Receiver { inner: self.inner.subscribe() }
    }

    /// See [`real::sync::broadcast::Sender::downgrade`].
    pub fn downgrade(&self) -> WeakSender<T> {
        WeakSender { inner: self.inner.downgrade() }
    }

    /// See [`real::sync::broadcast::Sender::same_channel`].
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }

    /// See [`real::sync::broadcast::Sender::closed`].
    pub async fn closed(&self) {
        wait("the channel to close", self.inner.closed()).await;
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Sender { inner: self.inner.clone() }
    }
}

impl<T> WeakSender<T> {
    /// See [`real::sync::broadcast::WeakSender::upgrade`].
    pub fn upgrade(&self) -> Option<Sender<T>> {
        self.inner.upgrade().map(|inner| Sender { inner })
    }
}

impl<T> Clone for WeakSender<T> {
    fn clone(&self) -> Self {
        WeakSender { inner: self.inner.clone() }
    }
}

impl<T> Receiver<T> {
    /// See [`real::sync::broadcast::Receiver::same_channel`].
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }
}

impl<T: Clone> Receiver<T> {
    /// See [`real::sync::broadcast::Receiver::recv`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn recv(&mut self) -> Result<T, error::RecvError> {
        wait("a message", self.inner.recv()).await
    }

    /// See [`real::sync::broadcast::Receiver::resubscribe`].
    pub fn resubscribe(&self) -> Self {
        Receiver { inner: self.inner.resubscribe() }
    }
}
