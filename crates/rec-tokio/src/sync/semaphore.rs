//! Permits that are awaited.

use std::sync::Arc;

use real::sync as real_sync;
use real::sync::{AcquireError, TryAcquireError};

use crate::rec::tasks::acquire::{acquire, block, took};
use crate::rec::tasks::on::On;
use crate::rec::tasks::resource::{Held, Hold, Made, Resource};
use crate::stands_for::stands_for;

/// See [`real::sync::Semaphore`].
pub struct Semaphore {
    made: Made,
    inner: real_sync::Semaphore,
}

stands_for!(Semaphore, real_sync::Semaphore);

const KIND: &str = "semaphore";

fn on(resource: &Arc<Resource>, n: u32) -> impl Fn() -> On + use<> {
    let resource = Arc::clone(resource);
    move || {
        let held = Held(Arc::clone(&resource));
        On::Permit { n: (n != 1).then_some(n), resource: resource.number(), held }
    }
}

impl Semaphore {
    /// See [`real::sync::Semaphore::MAX_PERMITS`].
    pub const MAX_PERMITS: usize = real_sync::Semaphore::MAX_PERMITS;

    /// See [`real::sync::Semaphore::new`].
    #[track_caller]
    pub fn new(permits: usize) -> Self {
        let made = Made::here(KIND, permits as u64);
        Semaphore { made, inner: real_sync::Semaphore::new(permits) }
    }

    /// See [`real::sync::Semaphore::const_new`].
    pub const fn const_new(permits: usize) -> Self {
        let made = Made::constant(KIND, permits as u64);
        Semaphore { made, inner: real_sync::Semaphore::const_new(permits) }
    }

    /// See [`real::sync::Semaphore::add_permits`].
    pub fn add_permits(&self, n: usize) {
        self.made.resource().change(|holders| holders.puts(n as u64));
        self.inner.add_permits(n);
    }

    /// See [`real::sync::Semaphore::forget_permits`].
    pub fn forget_permits(&self, n: usize) -> usize {
        let lost = self.inner.forget_permits(n);
        self.made.resource().holders(|holders| holders.lose(lost as u64));
        lost
    }

    /// See [`real::sync::Semaphore::close`].
    pub fn close(&self) {
        self.made.resource().holders(|holders| holders.close());
        self.inner.close();
    }

    /// See [`real::sync::Semaphore::acquire`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn acquire(&self) -> Result<SemaphorePermit<'_>, AcquireError> {
        self.acquire_many(1).await
    }

    /// See [`real::sync::Semaphore::acquire_many`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn acquire_many(&self, n: u32) -> Result<SemaphorePermit<'_>, AcquireError> {
        let resource = self.made.resource();
        let asks = self.inner.acquire_many(n);
        let (inner, hold) = acquire(resource, u64::from(n), on(resource, n), asks).await;
        Ok(SemaphorePermit { hold, inner: inner?, semaphore: self })
    }

    /// See [`real::sync::Semaphore::try_acquire`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_acquire(&self) -> Result<SemaphorePermit<'_>, TryAcquireError> {
        self.try_acquire_many(1)
    }

    /// See [`real::sync::Semaphore::try_acquire_many`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_acquire_many(&self, n: u32) -> Result<SemaphorePermit<'_>, TryAcquireError> {
        let inner = self.inner.try_acquire_many(n)?;
        let hold = took(self.made.resource(), u64::from(n));
        Ok(SemaphorePermit { hold, inner, semaphore: self })
    }

    /// See [`real::sync::Semaphore::acquire_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, AcquireError> {
        self.acquire_many_owned(1).await
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
        let permit = self.acquire_many(n).await?;
        Ok(OwnedSemaphorePermit::of(permit, &self))
    }

    /// See [`real::sync::Semaphore::try_acquire_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, TryAcquireError> {
        self.try_acquire_many_owned(1)
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
        let permit = self.try_acquire_many(n)?;
        Ok(OwnedSemaphorePermit::of(permit, &self))
    }
}

#[cfg(not(before = "1.54"))]
impl Semaphore {
    /// See [`real::sync::Semaphore::blocking_acquire`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    #[track_caller]
    pub fn blocking_acquire(&self) -> Result<SemaphorePermit<'_>, AcquireError> {
        self.blocking_acquire_many(1)
    }

    /// See [`real::sync::Semaphore::blocking_acquire_many`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    #[track_caller]
    pub fn blocking_acquire_many(&self, n: u32) -> Result<SemaphorePermit<'_>, AcquireError> {
        let take = || self.inner.blocking_acquire_many(n);
        let (inner, hold) = block(self.made.resource(), u64::from(n), take);
        Ok(SemaphorePermit { hold, inner: inner?, semaphore: self })
    }

    /// See [`real::sync::Semaphore::blocking_acquire_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    #[track_caller]
    pub fn blocking_acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, AcquireError> {
        self.blocking_acquire_many_owned(1)
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
        let permit = self.blocking_acquire_many(n)?;
        Ok(OwnedSemaphorePermit::of(permit, &self))
    }
}

/// See [`real::sync::SemaphorePermit`].
#[must_use]
#[clippy::has_significant_drop]
#[derive(Debug)]
pub struct SemaphorePermit<'a> {
    // First: whoever gets it next finds it given back.
    hold: Hold,
    inner: real_sync::SemaphorePermit<'a>,
    semaphore: &'a Semaphore,
}

impl SemaphorePermit<'_> {
    /// See [`real::sync::SemaphorePermit::forget`].
    pub fn forget(self) {
        self.hold.forget();
        self.inner.forget();
    }

    /// See [`real::sync::SemaphorePermit::merge`].
    ///
    /// # Panics
    ///
    /// As tokio's.
    #[track_caller]
    pub fn merge(&mut self, other: Self) {
        let permits = other.num_permits() as u64;
        self.inner.merge(other.inner);
        self.hold.merge(other.hold, permits);
    }

    /// See [`real::sync::SemaphorePermit::split`].
    pub fn split(&mut self, n: usize) -> Option<Self> {
        let inner = self.inner.split(n)?;
        Some(SemaphorePermit { hold: self.hold.split(n as u64), inner, ..*self })
    }

    /// See [`real::sync::SemaphorePermit::semaphore`].
    pub fn semaphore(&self) -> &Semaphore {
        self.semaphore
    }

    /// See [`real::sync::SemaphorePermit::num_permits`].
    pub fn num_permits(&self) -> usize {
        self.inner.num_permits()
    }
}

/// See [`real::sync::OwnedSemaphorePermit`].
#[must_use]
#[clippy::has_significant_drop]
#[derive(Debug)]
pub struct OwnedSemaphorePermit {
    hold: Hold,
    // In a box: see `owned!`.
    inner: Box<real_sync::SemaphorePermit<'static>>,
    // Last: the permit borrows from it.
    semaphore: Arc<Semaphore>,
}

impl OwnedSemaphorePermit {
    fn of(permit: SemaphorePermit<'_>, semaphore: &Arc<Semaphore>) -> Self {
        let SemaphorePermit { hold, inner, .. } = permit;
        // SAFETY: only the lifetime is another, and the semaphore outlives the permit.
        #[allow(unsafe_code, reason = "a permit that owns its semaphore")]
        let inner = unsafe {
            std::mem::transmute::<
                Box<real_sync::SemaphorePermit<'_>>,
                Box<real_sync::SemaphorePermit<'static>>,
            >(Box::new(inner))
        };
        let hold = hold.loosen();
        OwnedSemaphorePermit { hold, inner, semaphore: Arc::clone(semaphore) }
    }

    /// See [`real::sync::OwnedSemaphorePermit::forget`].
    pub fn forget(self) {
        self.hold.forget();
        self.inner.forget();
    }

    /// See [`real::sync::OwnedSemaphorePermit::merge`].
    ///
    /// # Panics
    ///
    /// As tokio's.
    #[track_caller]
    pub fn merge(&mut self, other: Self) {
        let permits = other.num_permits() as u64;
        self.inner.merge(*other.inner);
        self.hold.merge(other.hold, permits);
    }

    /// See [`real::sync::OwnedSemaphorePermit::split`].
    pub fn split(&mut self, n: usize) -> Option<Self> {
        let inner = Box::new(self.inner.split(n)?);
        let semaphore = Arc::clone(&self.semaphore);
        Some(OwnedSemaphorePermit { hold: self.hold.split(n as u64), inner, semaphore })
    }

    /// See [`real::sync::OwnedSemaphorePermit::semaphore`].
    pub fn semaphore(&self) -> &Arc<Semaphore> {
        &self.semaphore
    }

    /// See [`real::sync::OwnedSemaphorePermit::num_permits`].
    pub fn num_permits(&self) -> usize {
        self.inner.num_permits()
    }
}
