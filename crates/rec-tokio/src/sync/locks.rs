//! Locks that are awaited.

use std::sync::Arc;

use real::sync::{
    MutexGuard, OwnedMutexGuard, OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLockReadGuard,
    RwLockWriteGuard, TryLockError,
};

use super::transparent::{real_arc, transparent};
use crate::rec::records::stack;
use crate::rec::tasks::current;
use crate::rec::tasks::on::On;
use crate::rec::tasks::taken::{self, address};
use crate::rec::tasks::wait::{leaf, wait};
use crate::stands_for::stands_for;

/// The mutex at `address` was taken by the task that has the thread.
fn took(address: usize) {
    taken::took(address, current::task().map(|task| (task, stack::here())));
}

/// See [`real::sync::Mutex`].
#[repr(transparent)]
pub struct Mutex<T: ?Sized> {
    inner: real::sync::Mutex<T>,
}

stands_for!(Mutex<T: ?Sized>, real::sync::Mutex<T>);
transparent!(Mutex<T: ?Sized>, real::sync::Mutex<T>);

impl<T> Mutex<T> {
    /// See [`real::sync::Mutex::new`].
    #[track_caller]
    pub fn new(t: T) -> Self {
        Mutex { inner: real::sync::Mutex::new(t) }
    }

    /// See [`real::sync::Mutex::const_new`].
    pub const fn const_new(t: T) -> Self {
        Mutex { inner: real::sync::Mutex::const_new(t) }
    }

    /// See [`real::sync::Mutex::into_inner`].
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// See [`real::sync::Mutex::lock`].
    pub async fn lock(&self) -> MutexGuard<'_, T> {
        let address = address(&self.inner);
        let guard = leaf(On::Lock(address), self.inner.lock()).await;
        took(address);
        guard
    }

    /// See [`real::sync::Mutex::blocking_lock`].
    #[track_caller]
    pub fn blocking_lock(&self) -> MutexGuard<'_, T> {
        let guard = self.inner.blocking_lock();
        took(address(&self.inner));
        guard
    }

    /// See [`real::sync::Mutex::try_lock`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_lock(&self) -> Result<MutexGuard<'_, T>, TryLockError> {
        let guard = self.inner.try_lock()?;
        took(address(&self.inner));
        Ok(guard)
    }

    /// See [`real::sync::Mutex::lock_owned`].
    pub async fn lock_owned(self: Arc<Self>) -> OwnedMutexGuard<T> {
        let address = address(&self.inner);
        let guard = leaf(On::Lock(address), real_arc(self).lock_owned()).await;
        took(address);
        guard
    }

    /// See [`real::sync::Mutex::blocking_lock_owned`].
    #[track_caller]
    pub fn blocking_lock_owned(self: Arc<Self>) -> OwnedMutexGuard<T> {
        let address = address(&self.inner);
        let guard = real_arc(self).blocking_lock_owned();
        took(address);
        guard
    }

    /// See [`real::sync::Mutex::try_lock_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_lock_owned(self: Arc<Self>) -> Result<OwnedMutexGuard<T>, TryLockError> {
        let address = address(&self.inner);
        let guard = real_arc(self).try_lock_owned()?;
        took(address);
        Ok(guard)
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(t: T) -> Self {
        Mutex::new(t)
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Mutex::new(T::default())
    }
}

/// See [`real::sync::RwLock`].
#[repr(transparent)]
pub struct RwLock<T: ?Sized> {
    inner: real::sync::RwLock<T>,
}

stands_for!(RwLock<T: ?Sized>, real::sync::RwLock<T>);
transparent!(RwLock<T: ?Sized>, real::sync::RwLock<T>);

const READ: &str = "the lock, to read";
const WRITE: &str = "the lock, to write";

impl<T> RwLock<T> {
    /// See [`real::sync::RwLock::new`].
    #[track_caller]
    pub fn new(t: T) -> Self {
        RwLock { inner: real::sync::RwLock::new(t) }
    }

    /// See [`real::sync::RwLock::with_max_readers`].
    #[track_caller]
    pub fn with_max_readers(t: T, most: u32) -> Self {
        RwLock { inner: real::sync::RwLock::with_max_readers(t, most) }
    }

    /// See [`real::sync::RwLock::const_new`].
    pub const fn const_new(t: T) -> Self {
        RwLock { inner: real::sync::RwLock::const_new(t) }
    }

    /// See [`real::sync::RwLock::into_inner`].
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<T: ?Sized> RwLock<T> {
    /// See [`real::sync::RwLock::read`].
    pub async fn read(&self) -> RwLockReadGuard<'_, T> {
        wait(READ, self.inner.read()).await
    }

    /// See [`real::sync::RwLock::read_owned`].
    pub async fn read_owned(self: Arc<Self>) -> OwnedRwLockReadGuard<T> {
        wait(READ, real_arc(self).read_owned()).await
    }

    /// See [`real::sync::RwLock::try_read_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_read_owned(self: Arc<Self>) -> Result<OwnedRwLockReadGuard<T>, TryLockError> {
        real_arc(self).try_read_owned()
    }

    /// See [`real::sync::RwLock::write`].
    pub async fn write(&self) -> RwLockWriteGuard<'_, T> {
        wait(WRITE, self.inner.write()).await
    }

    /// See [`real::sync::RwLock::write_owned`].
    pub async fn write_owned(self: Arc<Self>) -> OwnedRwLockWriteGuard<T> {
        wait(WRITE, real_arc(self).write_owned()).await
    }

    /// See [`real::sync::RwLock::try_write_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_write_owned(self: Arc<Self>) -> Result<OwnedRwLockWriteGuard<T>, TryLockError> {
        real_arc(self).try_write_owned()
    }
}

impl<T> From<T> for RwLock<T> {
    fn from(t: T) -> Self {
        RwLock::new(t)
    }
}

impl<T: Default> Default for RwLock<T> {
    fn default() -> Self {
        RwLock::new(T::default())
    }
}
