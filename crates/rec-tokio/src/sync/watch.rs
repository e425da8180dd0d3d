//! `tokio::sync::watch`, recorded.

use real::sync::watch as real_watch;
pub use real_watch::*;

use crate::rec::tasks::wait::wait;
use crate::stands_for::stands_for;

/// See [`real::sync::watch::Sender`].
pub struct Sender<T> {
    inner: real_watch::Sender<T>,
}

/// See [`real::sync::watch::Receiver`].
pub struct Receiver<T> {
    inner: real_watch::Receiver<T>,
}

stands_for!(Sender<T>, real_watch::Sender<T>);
stands_for!(Receiver<T>, real_watch::Receiver<T>);

/// See [`real::sync::watch::channel`].
pub fn channel<T>(init: T) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = real_watch::channel(init);
    (Sender { inner: sender }, Receiver { inner: receiver })
}

impl<T> Sender<T> {
    /// See [`real::sync::watch::Sender::new`].
    pub fn new(init: T) -> Self {
        Sender { inner: real_watch::Sender::new(init) }
    }

    /// See [`real::sync::watch::Sender::closed`].
    pub async fn closed(&self) {
        wait("the receivers to go", self.inner.closed()).await;
    }

    /// See [`real::sync::watch::Sender::subscribe`].
    pub fn subscribe(&self) -> Receiver<T> {
        Receiver { inner: self.inner.subscribe() }
    }

    /// See [`real::sync::watch::Sender::same_channel`].
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Sender { inner: self.inner.clone() }
    }
}

impl<T: Default> Default for Sender<T> {
    fn default() -> Self {
        Sender::new(T::default())
    }
}

impl<T> Receiver<T> {
    /// See [`real::sync::watch::Receiver::changed`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn changed(&mut self) -> Result<(), error::RecvError> {
        wait("a new value", self.inner.changed()).await
    }

    /// See [`real::sync::watch::Receiver::wait_for`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn wait_for(
        &mut self,
        f: impl FnMut(&T) -> bool,
    ) -> Result<Ref<'_, T>, error::RecvError> {
        wait("a value that fits", self.inner.wait_for(f)).await
    }

    /// See [`real::sync::watch::Receiver::same_channel`].
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        Receiver { inner: self.inner.clone() }
    }
}
