//! How a lock is taken, to read or to write.

use std::sync::Arc;

use real::sync::TryLockError;

use super::RwLock;
use super::guards::{
    OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLockReadGuard, RwLockWriteGuard,
};
use crate::rec::tasks::acquire::{acquire, block, took};
use crate::rec::tasks::on::On;
use crate::rec::tasks::resource::{Held, Resource};

fn on(resource: &Arc<Resource>, mode: &'static str) -> impl Fn() -> On + use<> {
    let resource = Arc::clone(resource);
    move || {
        let held = Held(Arc::clone(&resource));
        On::Lock { resource: resource.number(), mode: Some(mode), held }
    }
}

impl<T: ?Sized> RwLock<T> {
    /// See [`real::sync::RwLock::read`].
    pub async fn read(&self) -> RwLockReadGuard<'_, T> {
        let resource = self.made.resource();
        let (inner, hold) = acquire(resource, 1, on(resource, "read"), self.inner.read()).await;
        RwLockReadGuard { hold, inner }
    }

    /// See [`real::sync::RwLock::blocking_read`].
    #[track_caller]
    pub fn blocking_read(&self) -> RwLockReadGuard<'_, T> {
        let (inner, hold) = block(self.made.resource(), 1, || self.inner.blocking_read());
        RwLockReadGuard { hold, inner }
    }

    /// See [`real::sync::RwLock::try_read`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_read(&self) -> Result<RwLockReadGuard<'_, T>, TryLockError> {
        let inner = self.inner.try_read()?;
        Ok(RwLockReadGuard { hold: took(self.made.resource(), 1), inner })
    }

    /// See [`real::sync::RwLock::read_owned`].
    pub async fn read_owned(self: Arc<Self>) -> OwnedRwLockReadGuard<T> {
        let guard = self.read().await;
        OwnedRwLockReadGuard::of(guard, &self)
    }

    /// See [`real::sync::RwLock::try_read_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_read_owned(self: Arc<Self>) -> Result<OwnedRwLockReadGuard<T>, TryLockError> {
        let guard = self.try_read()?;
        Ok(OwnedRwLockReadGuard::of(guard, &self))
    }

    /// See [`real::sync::RwLock::write`].
    pub async fn write(&self) -> RwLockWriteGuard<'_, T> {
        let (resource, all) = (self.made.resource(), u64::from(self.most));
        let (inner, hold) = acquire(resource, all, on(resource, "write"), self.inner.write()).await;
        RwLockWriteGuard { hold, inner }
    }

    /// See [`real::sync::RwLock::blocking_write`].
    #[track_caller]
    pub fn blocking_write(&self) -> RwLockWriteGuard<'_, T> {
        let all = u64::from(self.most);
        let (inner, hold) = block(self.made.resource(), all, || self.inner.blocking_write());
        RwLockWriteGuard { hold, inner }
    }

    /// See [`real::sync::RwLock::try_write`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_write(&self) -> Result<RwLockWriteGuard<'_, T>, TryLockError> {
        let inner = self.inner.try_write()?;
        let hold = took(self.made.resource(), u64::from(self.most));
        Ok(RwLockWriteGuard { hold, inner })
    }

    /// See [`real::sync::RwLock::write_owned`].
    pub async fn write_owned(self: Arc<Self>) -> OwnedRwLockWriteGuard<T> {
        let guard = self.write().await;
        OwnedRwLockWriteGuard::of(guard, &self)
    }

    /// See [`real::sync::RwLock::try_write_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_write_owned(self: Arc<Self>) -> Result<OwnedRwLockWriteGuard<T>, TryLockError> {
        let guard = self.try_write()?;
        Ok(OwnedRwLockWriteGuard::of(guard, &self))
    }
}
