//! A lock that is awaited.

use std::sync::Arc;

use real::sync as real_sync;
use real::sync::TryLockError;

use super::guards::{data, inner, owned};
use crate::rec::tasks::acquire::{acquire, block, took};
use crate::rec::tasks::on::On;
use crate::rec::tasks::resource::{Held, Hold, Made, Resource};
use crate::stands_for::stands_for;

/// See [`real::sync::Mutex`].
pub struct Mutex<T: ?Sized> {
    made: Made,
    inner: real_sync::Mutex<T>,
}

stands_for!(Mutex<T: ?Sized>, real_sync::Mutex<T>);

const KIND: &str = "lock";

impl<T> Mutex<T> {
    /// See [`real::sync::Mutex::new`].
    #[track_caller]
    pub fn new(t: T) -> Self {
        Mutex { made: Made::here(KIND, 1), inner: real_sync::Mutex::new(t) }
    }

    /// See [`real::sync::Mutex::const_new`].
    pub const fn const_new(t: T) -> Self {
        Mutex { made: Made::constant(KIND, 1), inner: real_sync::Mutex::const_new(t) }
    }

    /// See [`real::sync::Mutex::into_inner`].
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

fn on(resource: &Arc<Resource>) -> impl Fn() -> On + use<> {
    let resource = Arc::clone(resource);
    move || {
        let held = Held(Arc::clone(&resource));
        On::Lock { resource: resource.number(), mode: None, held }
    }
}

impl<T: ?Sized> Mutex<T> {
    /// See [`real::sync::Mutex::lock`].
    pub async fn lock(&self) -> MutexGuard<'_, T> {
        let resource = self.made.resource();
        let (inner, hold) = acquire(resource, 1, on(resource), self.inner.lock()).await;
        MutexGuard { hold, inner, mutex: self }
    }

    /// See [`real::sync::Mutex::blocking_lock`].
    #[track_caller]
    pub fn blocking_lock(&self) -> MutexGuard<'_, T> {
        let (inner, hold) = block(self.made.resource(), 1, || self.inner.blocking_lock());
        MutexGuard { hold, inner, mutex: self }
    }

    /// See [`real::sync::Mutex::try_lock`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_lock(&self) -> Result<MutexGuard<'_, T>, TryLockError> {
        let inner = self.inner.try_lock()?;
        Ok(MutexGuard { hold: took(self.made.resource(), 1), inner, mutex: self })
    }

    /// See [`real::sync::Mutex::lock_owned`].
    pub async fn lock_owned(self: Arc<Self>) -> OwnedMutexGuard<T> {
        let guard = self.lock().await;
        OwnedMutexGuard::of(guard, &self)
    }

    /// See [`real::sync::Mutex::blocking_lock_owned`].
    #[track_caller]
    pub fn blocking_lock_owned(self: Arc<Self>) -> OwnedMutexGuard<T> {
        let guard = self.blocking_lock();
        OwnedMutexGuard::of(guard, &self)
    }

    /// See [`real::sync::Mutex::try_lock_owned`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_lock_owned(self: Arc<Self>) -> Result<OwnedMutexGuard<T>, TryLockError> {
        let guard = self.try_lock()?;
        Ok(OwnedMutexGuard::of(guard, &self))
    }
}

impl<T> From<T> for Mutex<T> {
    #[track_caller]
    fn from(t: T) -> Self {
        Mutex::new(t)
    }
}

impl<T: Default> Default for Mutex<T> {
    #[track_caller]
    fn default() -> Self {
        Mutex::new(T::default())
    }
}

/// See [`real::sync::MutexGuard`].
#[clippy::has_significant_drop]
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct MutexGuard<'a, T: ?Sized> {
    // First: whoever gets the lock next finds it given back.
    hold: Hold,
    inner: real_sync::MutexGuard<'a, T>,
    mutex: &'a Mutex<T>,
}

inner!(mut MutexGuard);

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// See [`real::sync::MutexGuard::map`].
    pub fn map<U: ?Sized, F>(this: Self, f: F) -> MappedMutexGuard<'a, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        let inner = real_sync::MutexGuard::map(this.inner, f);
        MappedMutexGuard { hold: this.hold, inner }
    }

    /// See [`real::sync::MutexGuard::try_map`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_map<U: ?Sized, F>(this: Self, f: F) -> Result<MappedMutexGuard<'a, U>, Self>
    where
        F: FnOnce(&mut T) -> Option<&mut U>,
    {
        let MutexGuard { hold, inner, mutex } = this;
        match real_sync::MutexGuard::try_map(inner, f) {
            Ok(inner) => Ok(MappedMutexGuard { hold, inner }),
            Err(inner) => Err(MutexGuard { hold, inner, mutex }),
        }
    }

    /// See [`real::sync::MutexGuard::mutex`].
    pub fn mutex(this: &Self) -> &'a Mutex<T> {
        this.mutex
    }
}

/// See [`real::sync::MappedMutexGuard`].
#[clippy::has_significant_drop]
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct MappedMutexGuard<'a, T: ?Sized> {
    hold: Hold,
    inner: real_sync::MappedMutexGuard<'a, T>,
}

inner!(mut MappedMutexGuard);

impl<'a, T: ?Sized> MappedMutexGuard<'a, T> {
    /// See [`real::sync::MappedMutexGuard::map`].
    pub fn map<U, F>(this: Self, f: F) -> MappedMutexGuard<'a, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        let inner = real_sync::MappedMutexGuard::map(this.inner, f);
        MappedMutexGuard { hold: this.hold, inner }
    }

    /// See [`real::sync::MappedMutexGuard::try_map`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_map<U, F>(this: Self, f: F) -> Result<MappedMutexGuard<'a, U>, Self>
    where
        F: FnOnce(&mut T) -> Option<&mut U>,
    {
        let MappedMutexGuard { hold, inner } = this;
        match real_sync::MappedMutexGuard::try_map(inner, f) {
            Ok(inner) => Ok(MappedMutexGuard { hold, inner }),
            Err(inner) => Err(MappedMutexGuard { hold, inner }),
        }
    }
}

/// See [`real::sync::OwnedMutexGuard`].
#[clippy::has_significant_drop]
pub struct OwnedMutexGuard<T: ?Sized> {
    hold: Hold,
    inner: Box<real_sync::MappedMutexGuard<'static, ()>>,
    data: *mut T,
    // Last: the others borrow from it.
    lock: Arc<Mutex<T>>,
}

data!(mut [T: ?Sized] OwnedMutexGuard<T>, T);

// SAFETY: as tokio's: who has it has the value alone.
#[allow(unsafe_code, reason = "a guard")]
unsafe impl<T: ?Sized + Send> Send for OwnedMutexGuard<T> {}
// SAFETY: it gives a reference to the value.
#[allow(unsafe_code, reason = "a guard")]
unsafe impl<T: ?Sized + Send + Sync> Sync for OwnedMutexGuard<T> {}

impl<T: ?Sized> OwnedMutexGuard<T> {
    fn of(guard: MutexGuard<'_, T>, lock: &Arc<Mutex<T>>) -> Self {
        let MutexGuard { hold, inner, .. } = guard;
        let mut data = None;
        let inner = real_sync::MutexGuard::map(inner, |value| {
            data = Some(&raw mut *value);
            // Nothing, for which no memory is needed.
            Box::leak(Box::new(()))
        });
        let data = data.expect("map calls its function");
        let inner = owned!(MappedMutexGuard, inner);
        OwnedMutexGuard { hold: hold.loosen(), inner, data, lock: Arc::clone(lock) }
    }

    /// See [`real::sync::OwnedMutexGuard::map`].
    pub fn map<U: ?Sized, F>(mut this: Self, f: F) -> OwnedMappedMutexGuard<T, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        let data = &raw mut *f(&mut this);
        let OwnedMutexGuard { hold, inner, lock, .. } = this;
        OwnedMappedMutexGuard { hold, inner, data, lock }
    }

    /// See [`real::sync::OwnedMutexGuard::try_map`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_map<U: ?Sized, F>(mut this: Self, f: F) -> Result<OwnedMappedMutexGuard<T, U>, Self>
    where
        F: FnOnce(&mut T) -> Option<&mut U>,
    {
        let Some(data) = f(&mut this).map(|data| &raw mut *data) else { return Err(this) };
        let OwnedMutexGuard { hold, inner, lock, .. } = this;
        Ok(OwnedMappedMutexGuard { hold, inner, data, lock })
    }

    /// See [`real::sync::OwnedMutexGuard::mutex`].
    pub fn mutex(this: &Self) -> &Arc<Mutex<T>> {
        &this.lock
    }
}

/// See [`real::sync::OwnedMappedMutexGuard`].
#[clippy::has_significant_drop]
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct OwnedMappedMutexGuard<T: ?Sized, U: ?Sized = T> {
    hold: Hold,
    inner: Box<real_sync::MappedMutexGuard<'static, ()>>,
    data: *mut U,
    lock: Arc<Mutex<T>>,
}

data!(mut [T: ?Sized, U: ?Sized] OwnedMappedMutexGuard<T, U>, U);

// SAFETY: as tokio's: who has it has the value alone.
#[allow(unsafe_code, reason = "a guard")]
unsafe impl<T: ?Sized + Send, U: ?Sized + Send> Send for OwnedMappedMutexGuard<T, U> {}
// SAFETY: it gives a reference to the value.
#[allow(unsafe_code, reason = "a guard")]
unsafe impl<T: ?Sized + Send + Sync, U: ?Sized + Send + Sync> Sync for OwnedMappedMutexGuard<T, U> {}

impl<T: ?Sized, U: ?Sized> OwnedMappedMutexGuard<T, U> {
    /// See [`real::sync::OwnedMappedMutexGuard::map`].
    pub fn map<S, F>(mut this: Self, f: F) -> OwnedMappedMutexGuard<T, S>
    where
        F: FnOnce(&mut U) -> &mut S,
    {
        let data = &raw mut *f(&mut this);
        let OwnedMappedMutexGuard { hold, inner, lock, .. } = this;
        OwnedMappedMutexGuard { hold, inner, data, lock }
    }

    /// See [`real::sync::OwnedMappedMutexGuard::try_map`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_map<S, F>(mut this: Self, f: F) -> Result<OwnedMappedMutexGuard<T, S>, Self>
    where
        F: FnOnce(&mut U) -> Option<&mut S>,
    {
        let Some(data) = f(&mut this).map(|data| &raw mut *data) else { return Err(this) };
        let OwnedMappedMutexGuard { hold, inner, lock, .. } = this;
        Ok(OwnedMappedMutexGuard { hold, inner, data, lock })
    }
}
