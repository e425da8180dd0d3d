//! `tokio::sync::mpsc`, recorded.

use std::task::{Context, Poll};
use std::time::Duration;

use real::sync::mpsc as real_mpsc;
pub use real_mpsc::*;

use crate::rec::tasks::current::quietly;
use crate::rec::tasks::on::text;
use crate::rec::tasks::wait::{Key, wait};
use crate::stands_for::stands_for;

/// See [`real::sync::mpsc::Sender`].
pub struct Sender<T> {
    inner: real_mpsc::Sender<T>,
}

/// See [`real::sync::mpsc::WeakSender`].
pub struct WeakSender<T> {
    inner: real_mpsc::WeakSender<T>,
}

/// See [`real::sync::mpsc::Receiver`].
pub struct Receiver<T> {
    inner: real_mpsc::Receiver<T>,
    key: Key,
}

/// See [`real::sync::mpsc::UnboundedSender`].
pub struct UnboundedSender<T> {
    inner: real_mpsc::UnboundedSender<T>,
}

/// See [`real::sync::mpsc::WeakUnboundedSender`].
pub struct WeakUnboundedSender<T> {
    inner: real_mpsc::WeakUnboundedSender<T>,
}

/// See [`real::sync::mpsc::UnboundedReceiver`].
pub struct UnboundedReceiver<T> {
    inner: real_mpsc::UnboundedReceiver<T>,
    key: Key,
}

stands_for!(Sender<T>, real_mpsc::Sender<T>);
stands_for!(WeakSender<T>, real_mpsc::WeakSender<T>);
stands_for!(Receiver<T>, real_mpsc::Receiver<T>);
stands_for!(UnboundedSender<T>, real_mpsc::UnboundedSender<T>);
stands_for!(WeakUnboundedSender<T>, real_mpsc::WeakUnboundedSender<T>);
stands_for!(UnboundedReceiver<T>, real_mpsc::UnboundedReceiver<T>);

/// See [`real::sync::mpsc::channel`].
#[track_caller]
pub fn channel<T>(buffer: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = real_mpsc::channel(buffer);
    (Sender { inner: sender }, Receiver { inner: receiver, key: Key::new() })
}

/// See [`real::sync::mpsc::unbounded_channel`].
pub fn unbounded_channel<T>() -> (UnboundedSender<T>, UnboundedReceiver<T>) {
    let (sender, receiver) = real_mpsc::unbounded_channel();
    (UnboundedSender { inner: sender }, UnboundedReceiver { inner: receiver, key: Key::new() })
}

const ROOM: &str = "room in the channel";
const MESSAGE: &str = "a message";
const CLOSED: &str = "the channel to close";

impl<T> Sender<T> {
    /// See [`real::sync::mpsc::Sender::send`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn send(&self, value: T) -> Result<(), error::SendError<T>> {
        wait(ROOM, self.inner.send(value)).await
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
        wait(CLOSED, self.inner.closed()).await;
    }

    /// See [`real::sync::mpsc::Sender::reserve`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn reserve(&self) -> Result<Permit<'_, T>, error::SendError<()>> {
        wait(ROOM, self.inner.reserve()).await
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
        wait(ROOM, self.inner.reserve_many(n)).await
    }

    /// See [`real::sync::mpsc::Sender::reserve_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn reserve_owned(self) -> Result<OwnedPermit<T>, error::SendError<()>> {
        wait(ROOM, self.inner.reserve_owned()).await
    }

    /// See [`real::sync::mpsc::Sender::try_reserve_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_reserve_owned(self) -> Result<OwnedPermit<T>, error::TrySendError<Self>> {
        use error::TrySendError::{Closed, Full};
        self.inner.try_reserve_owned().map_err(|error| match error {
            Full(inner) => Full(Sender { inner }),
            Closed(inner) => Closed(Sender { inner }),
        })
    }

    /// See [`real::sync::mpsc::Sender::same_channel`].
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }

    /// See [`real::sync::mpsc::Sender::downgrade`].
    pub fn downgrade(&self) -> WeakSender<T> {
        WeakSender { inner: self.inner.downgrade() }
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Sender { inner: self.inner.clone() }
    }
}

impl<T> WeakSender<T> {
    /// See [`real::sync::mpsc::WeakSender::upgrade`].
    pub fn upgrade(&self) -> Option<Sender<T>> {
        self.inner.upgrade().map(|inner| Sender { inner })
    }
}

impl<T> Clone for WeakSender<T> {
    fn clone(&self) -> Self {
        WeakSender { inner: self.inner.clone() }
    }
}

impl<T> UnboundedSender<T> {
    /// See [`real::sync::mpsc::UnboundedSender::closed`].
    pub async fn closed(&self) {
        wait(CLOSED, self.inner.closed()).await;
    }

    /// See [`real::sync::mpsc::UnboundedSender::same_channel`].
    pub fn same_channel(&self, other: &Self) -> bool {
        self.inner.same_channel(&other.inner)
    }

    /// See [`real::sync::mpsc::UnboundedSender::downgrade`].
    pub fn downgrade(&self) -> WeakUnboundedSender<T> {
        WeakUnboundedSender { inner: self.inner.downgrade() }
    }
}

impl<T> Clone for UnboundedSender<T> {
    fn clone(&self) -> Self {
        UnboundedSender { inner: self.inner.clone() }
    }
}

impl<T> WeakUnboundedSender<T> {
    /// See [`real::sync::mpsc::WeakUnboundedSender::upgrade`].
    pub fn upgrade(&self) -> Option<UnboundedSender<T>> {
        self.inner.upgrade().map(|inner| UnboundedSender { inner })
    }
}

impl<T> Clone for WeakUnboundedSender<T> {
    fn clone(&self) -> Self {
        WeakUnboundedSender { inner: self.inner.clone() }
    }
}

/// The methods that both receivers have.
macro_rules! receiver {
    ($name:ident) => {
        impl<T> $name<T> {
            /// See tokio's `recv`.
            pub async fn recv(&mut self) -> Option<T> {
                wait(MESSAGE, self.inner.recv()).await
            }

            /// See tokio's `recv_many`.
            pub async fn recv_many(&mut self, buffer: &mut Vec<T>, limit: usize) -> usize {
                wait(MESSAGE, self.inner.recv_many(buffer, limit)).await
            }

            /// See tokio's `poll_recv`.
            pub fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
                let poll = quietly(true, || self.inner.poll_recv(cx));
                self.key.answer(poll, || text(MESSAGE))
            }

            /// See tokio's `poll_recv_many`.
            pub fn poll_recv_many(
                &mut self,
                cx: &mut Context<'_>,
                buffer: &mut Vec<T>,
                limit: usize,
            ) -> Poll<usize> {
                let poll = quietly(true, || self.inner.poll_recv_many(cx, buffer, limit));
                self.key.answer(poll, || text(MESSAGE))
            }
        }
    };
}

receiver!(Receiver);
receiver!(UnboundedReceiver);
