//! Senders that do not keep a channel open, and waiting until none is left.

use std::sync::Arc;

use real::sync::broadcast as real_broadcast;

use super::Sender;
use crate::rec::tasks::on::On;
use crate::rec::tasks::resource::Resource;
use crate::rec::tasks::wait::leaf;
use crate::stands_for::stands_for;

/// See [`real::sync::broadcast::WeakSender`].
pub struct WeakSender<T> {
    inner: real_broadcast::WeakSender<T>,
    resource: Arc<Resource>,
}

stands_for!(WeakSender<T>, real_broadcast::WeakSender<T>);

impl<T> Sender<T> {
    /// See [`real::sync::broadcast::Sender::downgrade`].
    pub fn downgrade(&self) -> WeakSender<T> {
        WeakSender { inner: self.inner.downgrade(), resource: Arc::clone(&self.resource) }
    }

    /// See [`real::sync::broadcast::Sender::closed`].
    pub async fn closed(&self) {
        let on = || On::Close { of: "channel", resource: self.resource.number() };
        leaf(on, self.inner.closed()).await;
    }
}

impl<T> WeakSender<T> {
    /// See [`real::sync::broadcast::WeakSender::upgrade`].
    pub fn upgrade(&self) -> Option<Sender<T>> {
        let resource = Arc::clone(&self.resource);
        self.inner.upgrade().map(|inner| Sender { inner, resource })
    }
}

impl<T> Clone for WeakSender<T> {
    fn clone(&self) -> Self {
        WeakSender { inner: self.inner.clone(), resource: Arc::clone(&self.resource) }
    }
}
