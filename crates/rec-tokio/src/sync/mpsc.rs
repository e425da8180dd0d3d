//! `tokio::sync::mpsc`, recorded.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use real::sync::mpsc as real_mpsc;
pub use real_mpsc::*;

use crate::rec::tasks::current::quietly;
use crate::rec::tasks::on::On;
use crate::rec::tasks::passed::Arrivals;
use crate::rec::tasks::resource::Resource;
use crate::rec::tasks::taken::{asks, got, taking};
use crate::rec::tasks::wait::{Key, leaf, leaf_alone};
use crate::stands_for::stands_for;
use crate::sync::senders::{sender, weak};

/// See [`real::sync::mpsc::Sender`].
pub struct Sender<T> {
    inner: real_mpsc::Sender<T>,
    resource: Arc<Resource>,
}

/// See [`real::sync::mpsc::WeakSender`].
pub struct WeakSender<T> {
    inner: real_mpsc::WeakSender<T>,
    resource: Arc<Resource>,
}

/// See [`real::sync::mpsc::Receiver`].
pub struct Receiver<T> {
    inner: real_mpsc::Receiver<T>,
    resource: Arc<Resource>,
    key: Key,
    arrivals: Arrivals,
}

/// See [`real::sync::mpsc::UnboundedSender`].
pub struct UnboundedSender<T> {
    inner: real_mpsc::UnboundedSender<T>,
    resource: Arc<Resource>,
}

/// See [`real::sync::mpsc::WeakUnboundedSender`].
pub struct WeakUnboundedSender<T> {
    inner: real_mpsc::WeakUnboundedSender<T>,
    resource: Arc<Resource>,
}

/// See [`real::sync::mpsc::UnboundedReceiver`].
pub struct UnboundedReceiver<T> {
    inner: real_mpsc::UnboundedReceiver<T>,
    resource: Arc<Resource>,
    key: Key,
    arrivals: Arrivals,
}

stands_for!(Sender<T>, real_mpsc::Sender<T>);
stands_for!(WeakSender<T>, real_mpsc::WeakSender<T>);
stands_for!(Receiver<T>, real_mpsc::Receiver<T>);
stands_for!(UnboundedSender<T>, real_mpsc::UnboundedSender<T>);
stands_for!(WeakUnboundedSender<T>, real_mpsc::WeakUnboundedSender<T>);
stands_for!(UnboundedReceiver<T>, real_mpsc::UnboundedReceiver<T>);

sender!(Sender);
sender!(WeakSender);
sender!(UnboundedSender);
sender!(WeakUnboundedSender);
weak! { Sender downgrade: WeakSender, upgrade: Sender }
weak! { UnboundedSender downgrade: WeakUnboundedSender, upgrade: UnboundedSender }

/// See [`real::sync::mpsc::channel`].
#[track_caller]
pub fn channel<T>(buffer: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = real_mpsc::channel(buffer);
    let resource = Resource::new(KIND, Location::caller());
    let sender = Sender { inner: sender, resource: Arc::clone(&resource) };
    (sender, Receiver { inner: receiver, resource, key: Key::new(), arrivals: Arrivals::default() })
}

/// See [`real::sync::mpsc::unbounded_channel`].
#[track_caller]
pub fn unbounded_channel<T>() -> (UnboundedSender<T>, UnboundedReceiver<T>) {
    let (sender, receiver) = real_mpsc::unbounded_channel();
    let resource = Resource::new(KIND, Location::caller());
    let sender = UnboundedSender { inner: sender, resource: Arc::clone(&resource) };
    (
        sender,
        UnboundedReceiver {
            inner: receiver,
            resource,
            key: Key::new(),
            arrivals: Arrivals::default(),
        },
    )
}

const KIND: &str = "channel";

fn room(resource: &Resource) -> On {
    On::Room { of: KIND, resource: resource.number() }
}

fn close(resource: &Resource) -> On {
    On::Close { of: KIND, resource: resource.number() }
}

fn message(resource: &Resource) -> On {
    On::Message { resource: resource.number() }
}

impl<T> Sender<T> {
    /// See [`real::sync::mpsc::Sender::send`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn send(&self, value: T) -> Result<(), error::SendError<T>> {
        leaf(|| room(&self.resource), self.inner.send(value)).await
    }

    /// See [`real::sync::mpsc::Sender::send_timeout`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn send_timeout(
        &self,
        value: T,
        timeout: Duration,
    ) -> Result<(), error::SendTimeoutError<T>> {
        match crate::time::timeout(timeout, self.reserve()).await {
            Ok(Ok(permit)) => {
                permit.send(value);
                Ok(())
            }
            Ok(Err(_)) => Err(error::SendTimeoutError::Closed(value)),
            Err(_) => Err(error::SendTimeoutError::Timeout(value)),
        }
    }

    /// See [`real::sync::mpsc::Sender::closed`].
    pub async fn closed(&self) {
        leaf(|| close(&self.resource), self.inner.closed()).await;
    }

    /// See [`real::sync::mpsc::Sender::reserve`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn reserve(&self) -> Result<Permit<'_, T>, error::SendError<()>> {
        leaf(|| room(&self.resource), self.inner.reserve()).await
    }

    /// See [`real::sync::mpsc::Sender::reserve_many`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn reserve_many(
        &self,
        n: usize,
    ) -> Result<PermitIterator<'_, T>, error::SendError<()>> {
        leaf(|| room(&self.resource), self.inner.reserve_many(n)).await
    }

    /// See [`real::sync::mpsc::Sender::reserve_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn reserve_owned(self) -> Result<OwnedPermit<T>, error::SendError<()>> {
        let Sender { inner, resource } = self;
        let inner = leaf(|| room(&resource), inner.reserve_owned()).await?;
        Ok(OwnedPermit { inner, resource })
    }

    /// See [`real::sync::mpsc::Sender::try_reserve_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_reserve_owned(self) -> Result<OwnedPermit<T>, error::TrySendError<Self>> {
        use error::TrySendError::{Closed, Full};
        let Sender { inner, resource } = self;
        match inner.try_reserve_owned() {
            Ok(inner) => Ok(OwnedPermit { inner, resource }),
            Err(Full(inner)) => Err(Full(Sender { inner, resource })),
            Err(Closed(inner)) => Err(Closed(Sender { inner, resource })),
        }
    }

    /// See [`real::sync::mpsc::Sender::same_channel`].
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }
}

/// See [`real::sync::mpsc::OwnedPermit`].
pub struct OwnedPermit<T> {
    inner: real_mpsc::OwnedPermit<T>,
    resource: Arc<Resource>,
}

impl<T> OwnedPermit<T> {
    /// See [`real::sync::mpsc::OwnedPermit::send`].
    pub fn send(self, value: T) -> Sender<T> {
        Sender { inner: self.inner.send(value), resource: self.resource }
    }

    /// See [`real::sync::mpsc::OwnedPermit::release`].
    pub fn release(self) -> Sender<T> {
        Sender { inner: self.inner.release(), resource: self.resource }
    }

    /// See [`real::sync::mpsc::OwnedPermit::same_channel`].
    #[cfg(not(before = "1.46"))]
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }

    /// See [`real::sync::mpsc::OwnedPermit::same_channel_as_sender`].
    #[cfg(not(before = "1.46"))]
    pub fn same_channel_as_sender(&self, sender: &Sender<T>) -> bool {
        self.inner.same_channel_as_sender(&sender.inner)
    }
}

impl<T> fmt::Debug for OwnedPermit<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl<T> UnboundedSender<T> {
    /// See [`real::sync::mpsc::UnboundedSender::closed`].
    pub async fn closed(&self) {
        leaf(|| close(&self.resource), self.inner.closed()).await;
    }

    /// See [`real::sync::mpsc::UnboundedSender::same_channel`].
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }
}

/// The methods that both receivers have.
macro_rules! receiver {
    ($name:ident) => {
        impl<T> $name<T> {
            /// See tokio's `recv`.
            pub async fn recv(&mut self) -> Option<T> {
                let $name { inner, resource, arrivals, .. } = self;
                // Nobody but this takes any: of none it waits for the first.
                let is_alone = inner.is_empty() && !inner.is_closed();
                let recv = leaf_alone(is_alone, || message(resource), inner.recv());
                let message = taking::<_, T>(resource, recv, Option::is_some).await;
                arrivals.takes(message.is_some().into(), inner.len());
                message
            }

            /// See tokio's `recv_many`.
            pub async fn recv_many(&mut self, buffer: &mut Vec<T>, limit: usize) -> usize {
                let $name { inner, resource, arrivals, .. } = self;
                // Nobody but this takes any: of none it waits for the first.
                let is_alone = inner.is_empty() && !inner.is_closed();
                let many = inner.recv_many(buffer, limit);
                let n = leaf_alone(is_alone, || message(resource), many).await;
                arrivals.takes(n, inner.len());
                n
            }

            /// See tokio's `poll_recv`.
            pub fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
                let $name { inner, resource, key, arrivals } = self;
                key.asks();
                asks(resource);
                let poll = quietly(true, || inner.poll_recv(cx));
                arrivals.takes(matches!(poll, Poll::Ready(Some(_))).into(), inner.len());
                let poll = got::<_, T>(resource, poll, Option::is_some);
                key.answer(poll, || message(resource))
            }

            /// See tokio's `poll_recv_many`.
            pub fn poll_recv_many(
                &mut self,
                cx: &mut Context<'_>,
                buffer: &mut Vec<T>,
                limit: usize,
            ) -> Poll<usize> {
                let $name { inner, resource, key, arrivals } = self;
                key.asks();
                let poll = quietly(true, || inner.poll_recv_many(cx, buffer, limit));
                if let Poll::Ready(n) = poll {
                    arrivals.takes(n, inner.len());
                }
                key.answer(poll, || message(resource))
            }
        }
    };
}

receiver!(Receiver);
receiver!(UnboundedReceiver);
