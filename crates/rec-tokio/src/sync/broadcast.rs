//! `tokio::sync::broadcast`, recorded.

use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

use real::sync::broadcast as real_broadcast;
pub use real_broadcast::*;
#[cfg(not(before = "1.44"))]
pub use weak::WeakSender;

use crate::rec::records::{stack, switch};
use crate::rec::tasks::lost::{late, lost};
use crate::rec::tasks::on::On;
use crate::rec::tasks::passed::{Arrivals, ready_for};
use crate::rec::tasks::resource::Resource;
use crate::rec::tasks::taken::taking;
use crate::rec::tasks::wait::leaf;
use crate::stands_for::stands_for;
use crate::sync::senders::sender;

/// See [`real::sync::broadcast::Sender`].
pub struct Sender<T> {
    inner: real_broadcast::Sender<T>,
    resource: Arc<Resource>,
}

/// See [`real::sync::broadcast::Receiver`].
pub struct Receiver<T> {
    inner: real_broadcast::Receiver<T>,
    resource: Arc<Resource>,
    /// What was sent last before it subscribed, and where it did so, as stacks: 0
    /// for nothing, or if it has got something since.
    before: AtomicU32,
    since: u32,
    /// That has been told.
    is_told: AtomicBool,
    arrivals: Arrivals,
}

stands_for!(Sender<T>, real_broadcast::Sender<T>);
stands_for!(Receiver<T>, real_broadcast::Receiver<T>);
sender!(Sender);

const KIND: &str = "broadcast";

/// See [`real::sync::broadcast::channel`].
#[track_caller]
pub fn channel<T: Clone>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = real_broadcast::channel(capacity);
    let resource = Resource::new(KIND, Location::caller());
    let sender = Sender { inner: sender, resource: Arc::clone(&resource) };
    (sender, Receiver::of(receiver, &resource))
}

impl<T> Sender<T> {
    /// See [`real::sync::broadcast::Sender::new`].
    #[track_caller]
    pub fn new(capacity: usize) -> Self {
        let resource = Resource::new(KIND, Location::caller());
        Sender { inner: real_broadcast::Sender::new(capacity), resource }
    }

    /// See [`real::sync::broadcast::Sender::send`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn send(&self, value: T) -> Result<usize, error::SendError<T>> {
        self.resource.sent.store(stack::here(), Relaxed);
        self.resource.tells();
        self.inner.send(value)
    }

    /// See [`real::sync::broadcast::Sender::subscribe`].
    pub fn subscribe(&self) -> Receiver<T> {
        Receiver::of(self.inner.subscribe(), &self.resource)
    }

    /// See [`real::sync::broadcast::Sender::same_channel`].
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }
}

impl<T> Receiver<T> {
    fn of(inner: real_broadcast::Receiver<T>, resource: &Arc<Resource>) -> Self {
        let before = resource.sent.load(Relaxed);
        let since = if before == 0 { 0 } else { stack::here() };
        let (resource, before) = (Arc::clone(resource), before.into());
        let (is_told, arrivals) = (AtomicBool::new(false), Arrivals::default());
        Receiver { inner, resource, before, since, is_told, arrivals }
    }

    /// It has got something.
    fn got(&self) {
        self.before.store(0, Relaxed);
        if self.is_told.swap(false, Relaxed) {
            late(&self.resource, Some(0), 0, 0);
        }
    }

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
        let Receiver { inner, resource, before, since, is_told, arrivals } = self;
        let on = || {
            let sent = before.load(Relaxed);
            if sent != 0 && switch::on() && !is_told.swap(true, Relaxed) {
                late(resource, None, sent, *since);
            }
            On::Message { resource: resource.number() }
        };
        let result = taking::<_, T>(resource, leaf(on, inner.recv()), Result::is_ok).await;
        arrivals.takes(result.is_ok().into(), inner.len());
        if result.is_ok() {
            self.got();
        }
        if let (Ok(_), Some(ns)) = (&result, self.resource.told_for()) {
            ready_for(ns);
        }
        if let Err(error::RecvError::Lagged(n)) = &result {
            lost("values", &self.resource, Some(*n));
        }
        result
    }

    /// See [`real::sync::broadcast::Receiver::try_recv`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_recv(&mut self) -> Result<T, error::TryRecvError> {
        let result = self.inner.try_recv();
        if result.is_ok() {
            self.got();
        }
        if let Err(error::TryRecvError::Lagged(n)) = &result {
            lost("values", &self.resource, Some(*n));
        }
        result
    }

    /// See [`real::sync::broadcast::Receiver::resubscribe`].
    pub fn resubscribe(&self) -> Self {
        Receiver::of(self.inner.resubscribe(), &self.resource)
    }
}

/// Senders that do not keep a channel open, and waiting until none is left.
#[cfg(not(before = "1.44"))]
mod weak {
    use std::sync::Arc;

    use real::sync::broadcast as real_broadcast;

    use super::Sender;
    use crate::rec::tasks::on::On;
    use crate::rec::tasks::resource::Resource;
    use crate::rec::tasks::wait::leaf;
    use crate::stands_for::stands_for;
    use crate::sync::senders::{sender, weak};

    /// See [`real::sync::broadcast::WeakSender`].
    pub struct WeakSender<T> {
        inner: real_broadcast::WeakSender<T>,
        resource: Arc<Resource>,
    }

    stands_for!(WeakSender<T>, real_broadcast::WeakSender<T>);
    sender!(WeakSender);
    weak! { Sender downgrade: WeakSender, upgrade: Sender }

    impl<T> Sender<T> {
        /// See [`real::sync::broadcast::Sender::closed`].
        pub async fn closed(&self) {
            let on = || On::Close { of: "channel", resource: self.resource.number() };
            leaf(on, self.inner.closed()).await;
        }
    }
}
