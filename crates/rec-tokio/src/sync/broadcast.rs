//! `tokio::sync::broadcast`, recorded.

use std::panic::Location;
use std::sync::Arc;

use real::sync::broadcast as real_broadcast;
pub use real_broadcast::*;
#[cfg(not(before = "1.44"))]
pub use weak::WeakSender;

use crate::rec::tasks::lost::lost;
use crate::rec::tasks::on::On;
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
    (sender, Receiver { inner: receiver, resource })
}

impl<T> Sender<T> {
    /// See [`real::sync::broadcast::Sender::new`].
    #[track_caller]
    pub fn new(capacity: usize) -> Self {
        let resource = Resource::new(KIND, Location::caller());
        Sender { inner: real_broadcast::Sender::new(capacity), resource }
    }

    /// See [`real::sync::broadcast::Sender::subscribe`].
    pub fn subscribe(&self) -> Receiver<T> {
        Receiver { inner: self.inner.subscribe(), resource: Arc::clone(&self.resource) }
    }

    /// See [`real::sync::broadcast::Sender::same_channel`].
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
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
        let Receiver { inner, resource } = self;
        let recv = leaf(|| On::Message { resource: resource.number() }, inner.recv());
        let result = taking::<_, T>(resource, recv, Result::is_ok).await;
        if let Err(error::RecvError::Lagged(n)) = &result {
            lost("values", resource, Some(*n));
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
        if let Err(error::TryRecvError::Lagged(n)) = &result {
            lost("values", &self.resource, Some(*n));
        }
        result
    }

    /// See [`real::sync::broadcast::Receiver::resubscribe`].
    pub fn resubscribe(&self) -> Self {
        Receiver { inner: self.inner.resubscribe(), resource: Arc::clone(&self.resource) }
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
