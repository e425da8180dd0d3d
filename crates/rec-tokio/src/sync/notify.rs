//! Notifications.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::transparent::{real_arc, transparent};
use crate::rec::tasks::current::quietly;
use crate::rec::tasks::on::text;
use crate::rec::tasks::wait::Key;
use crate::stands_for::stands_for;

/// See [`real::sync::Notify`].
#[derive(Default)]
#[repr(transparent)]
pub struct Notify {
    inner: real::sync::Notify,
}

stands_for!(Notify, real::sync::Notify);
transparent!(Notify, real::sync::Notify);

impl Notify {
    /// See [`real::sync::Notify::new`].
    pub fn new() -> Self {
        Notify::default()
    }

    /// See [`real::sync::Notify::const_new`].
    pub const fn const_new() -> Self {
        Notify { inner: real::sync::Notify::const_new() }
    }

    /// See [`real::sync::Notify::notified`].
    pub fn notified(&self) -> Notified<'_> {
        Notified { inner: Box::pin(self.inner.notified()), key: Key::new() }
    }

    /// See [`real::sync::Notify::notified_owned`].
    pub fn notified_owned(self: Arc<Self>) -> OwnedNotified {
        OwnedNotified { inner: Box::pin(real_arc(self).notified_owned()), key: Key::new() }
    }
}

/// See [`real::sync::futures::Notified`].
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Notified<'a> {
    inner: Pin<Box<real::sync::futures::Notified<'a>>>,
    key: Key,
}

/// See [`real::sync::futures::OwnedNotified`].
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct OwnedNotified {
    inner: Pin<Box<real::sync::futures::OwnedNotified>>,
    key: Key,
}

/// What both futures do.
macro_rules! notified {
    ($name:ty) => {
        impl $name {
            /// See tokio's `enable`.
            pub fn enable(mut self: Pin<&mut Self>) -> bool {
                self.inner.as_mut().enable()
            }
        }

        impl Future for $name {
            type Output = ();

            fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
                let poll = quietly(true, || self.inner.as_mut().poll(cx));
                self.key.answer(poll, || text("a notification"))
            }
        }
    };
}

notified!(Notified<'_>);
notified!(OwnedNotified);
