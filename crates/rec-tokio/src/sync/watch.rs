//! `tokio::sync::watch`, recorded.

use std::panic::Location;
use std::sync::Arc;

use real::sync::watch as real_watch;
pub use real_watch::*;

use crate::rec::records::clock;
use crate::rec::tasks::on::On;
use crate::rec::tasks::passed::ready_for;
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
    /// When it was marked as changed, in ns.
    marked: u64,
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
    (sender, Receiver::of(receiver, &resource))
}

impl<T> Sender<T> {
    /// See [`real::sync::watch::Sender::new`].
    #[track_caller]
    pub fn new(init: T) -> Self {
        let resource = Resource::new(KIND, Location::caller());
        Sender { inner: real_watch::Sender::new(init), resource }
    }

    /// See [`real::sync::watch::Sender::send`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn send(&self, value: T) -> Result<(), error::SendError<T>> {
        self.resource.tells();
        self.inner.send(value)
    }

    /// See [`real::sync::watch::Sender::send_modify`].
    pub fn send_modify(&self, modify: impl FnOnce(&mut T)) {
        self.resource.tells();
        self.inner.send_modify(modify);
    }

    /// See [`real::sync::watch::Sender::send_if_modified`].
    pub fn send_if_modified(&self, modify: impl FnOnce(&mut T) -> bool) -> bool {
        self.inner.send_if_modified(|value| {
            let is_modified = modify(value);
            if is_modified {
                self.resource.tells();
            }
            is_modified
        })
    }

    /// See [`real::sync::watch::Sender::send_replace`].
    pub fn send_replace(&self, value: T) -> T {
        self.resource.tells();
        self.inner.send_replace(value)
    }

    /// See [`real::sync::watch::Sender::closed`].
    pub async fn closed(&self) {
        let on = || On::Close { of: "receivers", resource: self.resource.number() };
        leaf(on, self.inner.closed()).await;
    }

    /// See [`real::sync::watch::Sender::subscribe`].
    pub fn subscribe(&self) -> Receiver<T> {
        Receiver::of(self.inner.subscribe(), &self.resource)
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
    fn of(inner: real_watch::Receiver<T>, resource: &Arc<Resource>) -> Self {
        Receiver { inner, resource: Arc::clone(resource), marked: 0 }
    }

    /// The value that is waited for is there, and has been since it was sent last, or
    /// `marked` after that.
    fn is_there(resource: &Resource, marked: u64) {
        if let Some(ns) = resource.told_for() {
            ready_for(ns.min(clock::now().saturating_sub(marked)));
        }
    }

    /// See [`real::sync::watch::Receiver::mark_changed`].
    pub fn mark_changed(&mut self) {
        self.marked = clock::now();
        self.inner.mark_changed();
    }

    /// See [`real::sync::watch::Receiver::changed`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn changed(&mut self) -> Result<(), error::RecvError> {
        let Receiver { inner, resource, marked } = self;
        let result = leaf(|| value(false, resource), inner.changed()).await;
        if result.is_ok() {
            Self::is_there(resource, *marked);
        }
        result
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
        let Receiver { inner, resource, .. } = self;
        // What asks for nothing but the value has said yes since that was sent.
        let is_of_value = size_of_val(&f) == 0;
        let result = leaf(|| value(true, resource), inner.wait_for(f)).await;
        if is_of_value && result.is_ok() {
            Self::is_there(resource, 0);
        }
        result
    }

    /// See [`real::sync::watch::Receiver::same_channel`].
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        Receiver { marked: self.marked, ..Receiver::of(self.inner.clone(), &self.resource) }
    }
}
