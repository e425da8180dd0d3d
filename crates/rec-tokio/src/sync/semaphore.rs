//! Permits that are awaited.

use std::sync::Arc;

use real::sync::{AcquireError, OwnedSemaphorePermit, SemaphorePermit, TryAcquireError};

use super::transparent::{real_arc, transparent};
use crate::rec::tasks::on::{On, text};
use crate::rec::tasks::wait::leaf;
use crate::stands_for::stands_for;

/// See [`real::sync::Semaphore`].
#[repr(transparent)]
pub struct Semaphore {
    inner: real::sync::Semaphore,
}

stands_for!(Semaphore, real::sync::Semaphore);
transparent!(Semaphore, real::sync::Semaphore);

fn permits(n: u32) -> On {
    if n == 1 { text("a permit") } else { text(format!("{n} permits")) }
}

impl Semaphore {
    /// See [`real::sync::Semaphore::MAX_PERMITS`].
    pub const MAX_PERMITS: usize = real::sync::Semaphore::MAX_PERMITS;

    /// See [`real::sync::Semaphore::new`].
    #[track_caller]
    pub fn new(permits: usize) -> Self {
        Semaphore { inner: real::sync::Semaphore::new(permits) }
    }

    /// See [`real::sync::Semaphore::const_new`].
    pub const fn const_new(permits: usize) -> Self {
        Semaphore { inner: real::sync::Semaphore::const_new(permits) }
    }

    /// See [`real::sync::Semaphore::acquire`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn acquire(&self) -> Result<SemaphorePermit<'_>, AcquireError> {
        leaf(permits(1), self.inner.acquire()).await
    }

    /// See [`real::sync::Semaphore::acquire_many`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn acquire_many(&self, n: u32) -> Result<SemaphorePermit<'_>, AcquireError> {
        leaf(permits(n), self.inner.acquire_many(n)).await
    }

    /// See [`real::sync::Semaphore::acquire_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, AcquireError> {
        leaf(permits(1), real_arc(self).acquire_owned()).await
    }

    /// See [`real::sync::Semaphore::acquire_many_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn acquire_many_owned(
        self: Arc<Self>,
        n: u32,
    ) -> Result<OwnedSemaphorePermit, AcquireError> {
        leaf(permits(n), real_arc(self).acquire_many_owned(n)).await
    }

    /// See [`real::sync::Semaphore::try_acquire_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, TryAcquireError> {
        real_arc(self).try_acquire_owned()
    }

    /// See [`real::sync::Semaphore::try_acquire_many_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_acquire_many_owned(
        self: Arc<Self>,
        n: u32,
    ) -> Result<OwnedSemaphorePermit, TryAcquireError> {
        real_arc(self).try_acquire_many_owned(n)
    }

    /// See [`real::sync::Semaphore::blocking_acquire_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    #[track_caller]
    pub fn blocking_acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, AcquireError> {
        real_arc(self).blocking_acquire_owned()
    }

    /// See [`real::sync::Semaphore::blocking_acquire_many_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    #[track_caller]
    pub fn blocking_acquire_many_owned(
        self: Arc<Self>,
        n: u32,
    ) -> Result<OwnedSemaphorePermit, AcquireError> {
        real_arc(self).blocking_acquire_many_owned(n)
    }
}
