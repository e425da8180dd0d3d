//! A lock that uses nothing of std's: those end up in this crate's own hooks.

use std::cell::UnsafeCell;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};

use super::inside::Inside;
use super::yield_thread;

/// A lock for what takes a moment.
pub(crate) struct SpinLock<T> {
    taken: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: the value is only reached through the lock.
#[allow(unsafe_code, reason = "a lock")]
unsafe impl<T: Send> Sync for SpinLock<T> {}

impl<T> SpinLock<T> {
    pub(crate) const fn new(value: T) -> Self {
        SpinLock { taken: AtomicBool::new(false), value: UnsafeCell::new(value) }
    }

    pub(crate) fn lock(&self) -> Guard<'_, T> {
        let inside = Inside::recorder();
        while self.taken.swap(true, Ordering::Acquire) {
            yield_thread();
        }
        Guard(self, inside)
    }

    /// The lock, if nobody has it.
    pub(crate) fn try_lock(&self) -> Option<Guard<'_, T>> {
        let inside = Inside::recorder();
        (!self.taken.swap(true, Ordering::Acquire)).then(|| Guard(self, inside))
    }
}

/// Who has the lock is in the recorder, so that no hook waits for it.
pub(crate) struct Guard<'a, T>(
    &'a SpinLock<T>,
    #[allow(dead_code, reason = "it is dropped")] Inside,
);

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the guard has the lock.
        #[allow(unsafe_code, reason = "a lock")]
        unsafe {
            &*self.0.value.get()
        }
    }
}

impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the guard has the lock, and is borrowed mutably.
        #[allow(unsafe_code, reason = "a lock")]
        unsafe {
            &mut *self.0.value.get()
        }
    }
}

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        self.0.taken.store(false, Ordering::Release);
    }
}
