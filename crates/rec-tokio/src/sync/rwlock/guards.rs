//! What is had of a lock that one may write or many read.

use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::sync::Arc;

use real::sync as real_sync;

use super::RwLock;
use crate::rec::tasks::resource::Hold;
use crate::sync::guards::{data, inner, owned};

/// See [`real::sync::RwLockReadGuard`].
#[clippy::has_significant_drop]
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockReadGuard<'a, T: ?Sized> {
    pub(super) hold: Hold,
    pub(super) inner: real_sync::RwLockReadGuard<'a, T>,
}

inner!(RwLockReadGuard);

impl<'a, T: ?Sized> RwLockReadGuard<'a, T> {
    /// See [`real::sync::RwLockReadGuard::map`].
    pub fn map<F, U: ?Sized>(this: Self, f: F) -> RwLockReadGuard<'a, U>
    where
        F: FnOnce(&T) -> &U,
    {
        let inner = real_sync::RwLockReadGuard::map(this.inner, f);
        RwLockReadGuard { hold: this.hold, inner }
    }

    /// See [`real::sync::RwLockReadGuard::try_map`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_map<F, U: ?Sized>(this: Self, f: F) -> Result<RwLockReadGuard<'a, U>, Self>
    where
        F: FnOnce(&T) -> Option<&U>,
    {
        let RwLockReadGuard { hold, inner } = this;
        match real_sync::RwLockReadGuard::try_map(inner, f) {
            Ok(inner) => Ok(RwLockReadGuard { hold, inner }),
            Err(inner) => Err(RwLockReadGuard { hold, inner }),
        }
    }
}

/// See [`real::sync::RwLockWriteGuard`].
#[clippy::has_significant_drop]
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockWriteGuard<'a, T: ?Sized> {
    pub(super) hold: Hold,
    pub(super) inner: real_sync::RwLockWriteGuard<'a, T>,
}

inner!(mut RwLockWriteGuard);

impl<'a, T: ?Sized> RwLockWriteGuard<'a, T> {
    /// See [`real::sync::RwLockWriteGuard::map`].
    pub fn map<F, U: ?Sized>(this: Self, f: F) -> RwLockMappedWriteGuard<'a, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        let inner = real_sync::RwLockWriteGuard::map(this.inner, f);
        RwLockMappedWriteGuard { hold: this.hold, inner }
    }

    /// See [`real::sync::RwLockWriteGuard::try_map`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_map<F, U: ?Sized>(this: Self, f: F) -> Result<RwLockMappedWriteGuard<'a, U>, Self>
    where
        F: FnOnce(&mut T) -> Option<&mut U>,
    {
        let RwLockWriteGuard { hold, inner } = this;
        match real_sync::RwLockWriteGuard::try_map(inner, f) {
            Ok(inner) => Ok(RwLockMappedWriteGuard { hold, inner }),
            Err(inner) => Err(RwLockWriteGuard { hold, inner }),
        }
    }

    /// See [`real::sync::RwLockWriteGuard::downgrade_map`].
    pub fn downgrade_map<F, U: ?Sized>(this: Self, f: F) -> RwLockReadGuard<'a, U>
    where
        F: FnOnce(&T) -> &U,
    {
        let inner = real_sync::RwLockWriteGuard::downgrade_map(this.inner, f);
        this.hold.keep(1);
        RwLockReadGuard { hold: this.hold, inner }
    }

    /// See [`real::sync::RwLockWriteGuard::try_downgrade_map`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_downgrade_map<F, U: ?Sized>(this: Self, f: F) -> Result<RwLockReadGuard<'a, U>, Self>
    where
        F: FnOnce(&T) -> Option<&U>,
    {
        let RwLockWriteGuard { hold, inner } = this;
        match real_sync::RwLockWriteGuard::try_downgrade_map(inner, f) {
            Ok(inner) => {
                hold.keep(1);
                Ok(RwLockReadGuard { hold, inner })
            }
            Err(inner) => Err(RwLockWriteGuard { hold, inner }),
        }
    }

    /// See [`real::sync::RwLockWriteGuard::into_mapped`].
    pub fn into_mapped(this: Self) -> RwLockMappedWriteGuard<'a, T> {
        RwLockWriteGuard::map(this, |value| value)
    }

    /// See [`real::sync::RwLockWriteGuard::downgrade`].
    pub fn downgrade(self) -> RwLockReadGuard<'a, T> {
        RwLockWriteGuard::downgrade_map(self, |value| value)
    }
}

/// See [`real::sync::RwLockMappedWriteGuard`].
#[clippy::has_significant_drop]
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockMappedWriteGuard<'a, T: ?Sized> {
    pub(super) hold: Hold,
    pub(super) inner: real_sync::RwLockMappedWriteGuard<'a, T>,
}

inner!(mut RwLockMappedWriteGuard);

impl<'a, T: ?Sized> RwLockMappedWriteGuard<'a, T> {
    /// See [`real::sync::RwLockMappedWriteGuard::map`].
    pub fn map<F, U: ?Sized>(this: Self, f: F) -> RwLockMappedWriteGuard<'a, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        let inner = real_sync::RwLockMappedWriteGuard::map(this.inner, f);
        RwLockMappedWriteGuard { hold: this.hold, inner }
    }

    /// See [`real::sync::RwLockMappedWriteGuard::try_map`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_map<F, U: ?Sized>(this: Self, f: F) -> Result<RwLockMappedWriteGuard<'a, U>, Self>
    where
        F: FnOnce(&mut T) -> Option<&mut U>,
    {
        let RwLockMappedWriteGuard { hold, inner } = this;
        match real_sync::RwLockMappedWriteGuard::try_map(inner, f) {
            Ok(inner) => Ok(RwLockMappedWriteGuard { hold, inner }),
            Err(inner) => Err(RwLockMappedWriteGuard { hold, inner }),
        }
    }
}

/// See [`real::sync::OwnedRwLockReadGuard`].
#[clippy::has_significant_drop]
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct OwnedRwLockReadGuard<T: ?Sized, U: ?Sized = T> {
    hold: Hold,
    inner: Box<real_sync::RwLockReadGuard<'static, ()>>,
    data: *const U,
    // Last: the others borrow from it.
    lock: Arc<RwLock<T>>,
}

data!([T: ?Sized, U: ?Sized] OwnedRwLockReadGuard<T, U>, U);

// SAFETY: as tokio's: of several that read each gives a reference only.
#[allow(unsafe_code, reason = "a guard")]
unsafe impl<T: ?Sized + Send + Sync, U: ?Sized + Sync> Send for OwnedRwLockReadGuard<T, U> {}
// SAFETY: it gives a reference to the value.
#[allow(unsafe_code, reason = "a guard")]
unsafe impl<T: ?Sized + Send + Sync, U: ?Sized + Send + Sync> Sync for OwnedRwLockReadGuard<T, U> {}

impl<T: ?Sized> OwnedRwLockReadGuard<T> {
    pub(super) fn of(guard: RwLockReadGuard<'_, T>, lock: &Arc<RwLock<T>>) -> Self {
        let RwLockReadGuard { hold, inner } = guard;
        let data = &raw const *inner;
        let inner = real_sync::RwLockReadGuard::map(inner, |_| &());
        let inner = owned!(RwLockReadGuard, inner);
        OwnedRwLockReadGuard { hold: hold.loosen(), inner, data, lock: Arc::clone(lock) }
    }
}

impl<T: ?Sized, U: ?Sized> OwnedRwLockReadGuard<T, U> {
    /// See [`real::sync::OwnedRwLockReadGuard::map`].
    pub fn map<F, V: ?Sized>(this: Self, f: F) -> OwnedRwLockReadGuard<T, V>
    where
        F: FnOnce(&U) -> &V,
    {
        let data = &raw const *f(&this);
        let OwnedRwLockReadGuard { hold, inner, lock, .. } = this;
        OwnedRwLockReadGuard { hold, inner, data, lock }
    }

    /// See [`real::sync::OwnedRwLockReadGuard::try_map`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_map<F, V: ?Sized>(this: Self, f: F) -> Result<OwnedRwLockReadGuard<T, V>, Self>
    where
        F: FnOnce(&U) -> Option<&V>,
    {
        let Some(data) = f(&this).map(|data| &raw const *data) else { return Err(this) };
        let OwnedRwLockReadGuard { hold, inner, lock, .. } = this;
        Ok(OwnedRwLockReadGuard { hold, inner, data, lock })
    }

    /// See [`real::sync::OwnedRwLockReadGuard::rwlock`].
    pub fn rwlock(this: &Self) -> &Arc<RwLock<T>> {
        &this.lock
    }
}

/// See [`real::sync::OwnedRwLockMappedWriteGuard`].
#[clippy::has_significant_drop]
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct OwnedRwLockMappedWriteGuard<T: ?Sized, U: ?Sized = T> {
    hold: Hold,
    inner: Boxed<T>,
    data: *mut U,
    // Last: the others borrow from it.
    lock: Arc<RwLock<T>>,
}

data!(mut [T: ?Sized, U: ?Sized] OwnedRwLockMappedWriteGuard<T, U>, U);

// SAFETY: as tokio's: of several that read each gives a reference only.
#[allow(unsafe_code, reason = "a guard")]
unsafe impl<T: ?Sized + Send + Sync, U: ?Sized + Send + Sync> Send
    for OwnedRwLockMappedWriteGuard<T, U>
{
}
// SAFETY: it gives a reference to the value.
#[allow(unsafe_code, reason = "a guard")]
unsafe impl<T: ?Sized + Send + Sync, U: ?Sized + Send + Sync> Sync
    for OwnedRwLockMappedWriteGuard<T, U>
{
}

impl<T: ?Sized, U: ?Sized> OwnedRwLockMappedWriteGuard<T, U> {
    /// See [`real::sync::OwnedRwLockMappedWriteGuard::map`].
    pub fn map<F, V: ?Sized>(mut this: Self, f: F) -> OwnedRwLockMappedWriteGuard<T, V>
    where
        F: FnOnce(&mut U) -> &mut V,
    {
        let data = &raw mut *f(&mut this);
        let OwnedRwLockMappedWriteGuard { hold, inner, lock, .. } = this;
        OwnedRwLockMappedWriteGuard { hold, inner, data, lock }
    }

    /// See [`real::sync::OwnedRwLockMappedWriteGuard::try_map`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_map<F, V: ?Sized>(
        mut this: Self,
        f: F,
    ) -> Result<OwnedRwLockMappedWriteGuard<T, V>, Self>
    where
        F: FnOnce(&mut U) -> Option<&mut V>,
    {
        let Some(data) = f(&mut this).map(|data| &raw mut *data) else { return Err(this) };
        let OwnedRwLockMappedWriteGuard { hold, inner, lock, .. } = this;
        Ok(OwnedRwLockMappedWriteGuard { hold, inner, data, lock })
    }

    /// See [`real::sync::OwnedRwLockMappedWriteGuard::rwlock`].
    pub fn rwlock(this: &Self) -> &Arc<RwLock<T>> {
        &this.lock
    }
}

/// See [`real::sync::OwnedRwLockWriteGuard`].
#[clippy::has_significant_drop]
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct OwnedRwLockWriteGuard<T: ?Sized> {
    hold: Hold,
    inner: Boxed<T>,
    data: *mut T,
    // Last: the others borrow from it.
    lock: Arc<RwLock<T>>,
}

data!(mut [T: ?Sized] OwnedRwLockWriteGuard<T>, T);

// SAFETY: as tokio's: who has it has the value alone.
#[allow(unsafe_code, reason = "a guard")]
unsafe impl<T: ?Sized + Send + Sync> Send for OwnedRwLockWriteGuard<T> {}
// SAFETY: it gives a reference to the value.
#[allow(unsafe_code, reason = "a guard")]
unsafe impl<T: ?Sized + Send + Sync> Sync for OwnedRwLockWriteGuard<T> {}

/// tokio's guard, which borrows from a lock beside it: no type could say for
/// how long.
struct Boxed<T: ?Sized>(*mut (), PhantomData<T>);

impl<T: ?Sized> Boxed<T> {
    fn of(guard: real_sync::RwLockWriteGuard<'_, T>) -> Self {
        Boxed(Box::into_raw(Box::new(guard)).cast(), PhantomData)
    }

    /// The guard.
    ///
    /// # Safety
    ///
    /// The lock lives as long as that.
    #[allow(unsafe_code, reason = "the caller knows")]
    unsafe fn into_inner<'a>(self) -> real_sync::RwLockWriteGuard<'a, T> {
        let this = ManuallyDrop::new(self);
        // SAFETY: it comes from `of`, and is not dropped.
        *unsafe { Box::from_raw(this.0.cast::<real_sync::RwLockWriteGuard<'a, T>>()) }
    }
}

impl<T: ?Sized> Drop for Boxed<T> {
    fn drop(&mut self) {
        // SAFETY: it comes from `of`, and the lock, which comes later in the guard,
        // is still there.
        #[allow(unsafe_code, reason = "the lifetime is not known to the type")]
        drop(unsafe { Box::from_raw(self.0.cast::<real_sync::RwLockWriteGuard<'_, T>>()) });
    }
}

impl<T: ?Sized> OwnedRwLockWriteGuard<T> {
    pub(super) fn of(guard: RwLockWriteGuard<'_, T>, lock: &Arc<RwLock<T>>) -> Self {
        let RwLockWriteGuard { hold, mut inner } = guard;
        let data = &raw mut *inner;
        let (hold, inner) = (hold.loosen(), Boxed::of(inner));
        OwnedRwLockWriteGuard { hold, inner, data, lock: Arc::clone(lock) }
    }

    /// As one that is mapped.
    fn mapped<V: ?Sized>(self, data: *mut V) -> OwnedRwLockMappedWriteGuard<T, V> {
        let OwnedRwLockWriteGuard { hold, inner, lock, .. } = self;
        OwnedRwLockMappedWriteGuard { hold, inner, data, lock }
    }

    /// As one that only reads.
    fn downgraded<V: ?Sized>(self, data: *const V) -> OwnedRwLockReadGuard<T, V> {
        let OwnedRwLockWriteGuard { hold, inner, lock, .. } = self;
        hold.keep(1);
        // SAFETY: the lock is beside it.
        #[allow(unsafe_code, reason = "see Boxed")]
        let inner = unsafe { inner.into_inner() }.downgrade();
        let inner = real_sync::RwLockReadGuard::map(inner, |_| &());
        OwnedRwLockReadGuard { hold, inner: owned!(RwLockReadGuard, inner), data, lock }
    }

    /// See [`real::sync::OwnedRwLockWriteGuard::map`].
    pub fn map<F, V: ?Sized>(mut this: Self, f: F) -> OwnedRwLockMappedWriteGuard<T, V>
    where
        F: FnOnce(&mut T) -> &mut V,
    {
        let data = &raw mut *f(&mut this);
        this.mapped(data)
    }

    /// See [`real::sync::OwnedRwLockWriteGuard::try_map`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_map<F, V: ?Sized>(
        mut this: Self,
        f: F,
    ) -> Result<OwnedRwLockMappedWriteGuard<T, V>, Self>
    where
        F: FnOnce(&mut T) -> Option<&mut V>,
    {
        match f(&mut this).map(|data| &raw mut *data) {
            Some(data) => Ok(this.mapped(data)),
            None => Err(this),
        }
    }

    /// See [`real::sync::OwnedRwLockWriteGuard::downgrade_map`].
    pub fn downgrade_map<F, V: ?Sized>(this: Self, f: F) -> OwnedRwLockReadGuard<T, V>
    where
        F: FnOnce(&T) -> &V,
    {
        let data = &raw const *f(&this);
        this.downgraded(data)
    }

    /// See [`real::sync::OwnedRwLockWriteGuard::try_downgrade_map`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_downgrade_map<F, V: ?Sized>(
        this: Self,
        f: F,
    ) -> Result<OwnedRwLockReadGuard<T, V>, Self>
    where
        F: FnOnce(&T) -> Option<&V>,
    {
        match f(&this).map(|data| &raw const *data) {
            Some(data) => Ok(this.downgraded(data)),
            None => Err(this),
        }
    }

    /// See [`real::sync::OwnedRwLockWriteGuard::into_mapped`].
    pub fn into_mapped(this: Self) -> OwnedRwLockMappedWriteGuard<T> {
        OwnedRwLockWriteGuard::map(this, |value| value)
    }

    /// See [`real::sync::OwnedRwLockWriteGuard::downgrade`].
    pub fn downgrade(self) -> OwnedRwLockReadGuard<T> {
        OwnedRwLockWriteGuard::downgrade_map(self, |value| value)
    }

    /// See [`real::sync::OwnedRwLockWriteGuard::rwlock`].
    pub fn rwlock(this: &Self) -> &Arc<RwLock<T>> {
        &this.lock
    }
}
