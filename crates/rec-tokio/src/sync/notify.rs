//! Notifications.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::task::{Context, Poll};

use crate::rec::tasks::current::quietly;
use crate::rec::tasks::lost::lost;
use crate::rec::tasks::on::On;
use crate::rec::tasks::passed::ready_for;
use crate::rec::tasks::resource::{Made, Resource};
use crate::rec::tasks::wait::Key;
use crate::stands_for::stands_for;

/// See [`real::sync::Notify`].
pub struct Notify {
    made: Made,
    inner: real::sync::Notify,
}

stands_for!(Notify, real::sync::Notify);

const KIND: &str = "notify";

impl Notify {
    /// See [`real::sync::Notify::new`].
    #[track_caller]
    pub fn new() -> Self {
        Notify { made: Made::here(KIND, 0), inner: real::sync::Notify::new() }
    }

    /// See [`real::sync::Notify::const_new`].
    pub const fn const_new() -> Self {
        Notify { made: Made::constant(KIND, 0), inner: real::sync::Notify::const_new() }
    }

    /// See [`real::sync::Notify::notified`].
    pub fn notified(&self) -> Notified<'_> {
        let inner = Box::pin(self.inner.notified());
        Notified { inner, key: Key::new(), waiter: Waiter::of(self) }
    }

    /// See [`real::sync::Notify::notify_one`].
    pub fn notify_one(&self) {
        self.made.resource().tells();
        self.inner.notify_one();
    }

    /// See [`real::sync::Notify::notify_last`].
    pub fn notify_last(&self) {
        self.made.resource().tells();
        self.inner.notify_last();
    }

    /// See [`real::sync::Notify::notify_waiters`].
    pub fn notify_waiters(&self) {
        let resource = self.made.resource();
        resource.tells();
        if resource.waiters.load(Relaxed) == 0 {
            resource.is_missed.store(true, Relaxed);
            lost("notification", resource, None);
        }
        self.inner.notify_waiters();
    }

    /// See [`real::sync::Notify::notified_owned`].
    pub fn notified_owned(self: Arc<Self>) -> OwnedNotified {
        let waiter = Waiter::of(&self);
        let inner = Box::pin(self.inner.notified());
        // SAFETY: only the lifetime is another, and what is borrowed comes with it.
        #[allow(unsafe_code, reason = "tokio's own has an Arc of tokio's type")]
        let inner = unsafe {
            std::mem::transmute::<
                Pin<Box<real::sync::futures::Notified<'_>>>,
                Pin<Box<real::sync::futures::Notified<'static>>>,
            >(inner)
        };
        OwnedNotified { inner, key: Key::new(), waiter, _notify: self }
    }
}

impl Default for Notify {
    #[track_caller]
    fn default() -> Self {
        Notify::new()
    }
}

/// One of those that a `notify_waiters` reaches: from when it is made, as tokio
/// has it.
#[derive(Debug)]
struct Waiter {
    resource: Arc<Resource>,
    is_done: bool,
}

impl Waiter {
    fn of(notify: &Notify) -> Self {
        let resource = Arc::clone(notify.made.resource());
        resource.waiters.fetch_add(1, Relaxed);
        Waiter { resource, is_done: false }
    }

    fn done(&mut self) {
        if !std::mem::replace(&mut self.is_done, true) {
            self.resource.waiters.fetch_sub(1, Relaxed);
        }
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        self.done();
    }
}

/// See [`real::sync::futures::Notified`].
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Notified<'a> {
    inner: Pin<Box<real::sync::futures::Notified<'a>>>,
    key: Key,
    waiter: Waiter,
}

/// See [`real::sync::futures::OwnedNotified`].
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct OwnedNotified {
    inner: Pin<Box<real::sync::futures::Notified<'static>>>,
    key: Key,
    waiter: Waiter,
    // Last: the future borrows from it.
    _notify: Arc<Notify>,
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
                let this = &mut *self;
                this.key.asks();
                let poll = quietly(true, || this.inner.as_mut().poll(cx));
                if poll.is_ready() {
                    this.waiter.done();
                }
                let resource = &this.waiter.resource;
                if let (true, Some(ns)) = (poll.is_ready(), resource.told_for()) {
                    ready_for(ns);
                }
                // Whoever is awake for its time already is not woken once more.
                if poll.is_ready() && resource.is_missed.load(Relaxed) {
                    lost("notification", resource, Some(0));
                }
                this.key.answer_given(poll, || On::Notification { resource: resource.number() })
            }
        }
    };
}

notified!(Notified<'_>);
notified!(OwnedNotified);
