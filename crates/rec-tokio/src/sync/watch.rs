//! `tokio::sync::watch`, recorded.

use std::panic::Location;
use std::sync::Arc;

use real::sync::watch as real_watch;
pub use real_watch::*;

use crate::rec::tasks::on::On;
use crate::rec::tasks::resource::Resource;
use crate::rec::tasks::wait::leaf;
use crate::stands_for::stands_for;

/// See [`real::sync::watch::Sender`].
pub struct Sender<T> {
    inner: real_watch::Sender<T>,
    resource: Arc<Resource>,
}

/// See [`real::sync::watch::Receiver`].
pub struct Receiver<T> {
    inner: real_watch::Receiver<T>,
    resource: Arc<Resource>,
}

stands_for!(Sender<T>, real_watch::Sender<T>);
stands_for!(Receiver<T>, real_watch::Receiver<T>);

const KIND: &str = "watch";

fn value(fits: bool, resource: &Resource) -> On {
    On::Value { fits, resource: resource.number() }
}

/// See [`real::sync::watch::channel`].
#[track_caller]
pub fn channel<T>(init: T) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = real_watch::channel(init);
    let resource = Resource::new(KIND, Location::caller());
    let sender = Sender { inner: sender, resource: Arc::clone(&resource) };
    (sender, Receiver { inner: receiver, resource })
}

impl<T> Sender<T> {
    /// See [`real::sync::watch::Sender::new`].
    #[track_caller]
    pub fn new(init: T) -> Self {
        let resource = Resource::new(KIND, Location::caller());
        Sender { inner: real_watch::Sender::new(init), resource }
    }

    /// See [`real::sync::watch::Sender::closed`].
    pub async fn closed(&self) {
        let on = || On::Close { of: "receivers", resource: self.resource.number() };
        leaf(on, self.inner.closed()).await;
    }

    /// See [`real::sync::watch::Sender::subscribe`].
    pub fn subscribe(&self) -> Receiver<T> {
        Receiver { inner: self.inner.subscribe(), resource: Arc::clone(&self.resource) }
    }

    /// See [`real::sync::watch::Sender::same_channel`].
    #[cfg(not(before = "1.39"))]
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Sender { inner: self.inner.clone(), resource: Arc::clone(&self.resource) }
    }
}

impl<T: Default> Default for Sender<T> {
    #[track_caller]
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
        let Receiver { inner, resource } = self;
        leaf(|| value(false, resource), inner.changed()).await
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
        let Receiver { inner, resource } = self;
        leaf(|| value(true, resource), inner.wait_for(f)).await
    }

    /// See [`real::sync::watch::Receiver::same_channel`].
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        Receiver { inner: self.inner.clone(), resource: Arc::clone(&self.resource) }
    }
}
