//! A lock that is awaited, which one may write or many read.

pub(crate) mod guards;
mod take;

use real::sync as real_sync;

use crate::rec::tasks::resource::Made;
use crate::stands_for::stands_for;

/// See [`real::sync::RwLock`].
pub struct RwLock<T: ?Sized> {
    made: Made,
    /// As many permits as may read; who writes takes all.
    most: u32,
    inner: real_sync::RwLock<T>,
}

stands_for!(RwLock<T: ?Sized>, real_sync::RwLock<T>);

const KIND: &str = "rwlock";

/// What tokio's `sync/rwlock.rs` calls `MAX_READS`.
const MOST: u32 = u32::MAX >> 3;

impl<T> RwLock<T> {
    /// See [`real::sync::RwLock::new`].
    #[track_caller]
    pub fn new(t: T) -> Self {
        let made = Made::here(KIND, MOST as u64);
        RwLock { made, most: MOST, inner: real_sync::RwLock::new(t) }
    }

    /// See [`real::sync::RwLock::with_max_readers`].
    #[track_caller]
    pub fn with_max_readers(t: T, most: u32) -> Self {
        let made = Made::here(KIND, u64::from(most));
        RwLock { made, most, inner: real_sync::RwLock::with_max_readers(t, most) }
    }

    /// See [`real::sync::RwLock::const_new`].
    pub const fn const_new(t: T) -> Self {
        let made = Made::constant(KIND, MOST as u64);
        RwLock { made, most: MOST, inner: real_sync::RwLock::const_new(t) }
    }

    /// See [`real::sync::RwLock::const_with_max_readers`].
    pub const fn const_with_max_readers(t: T, most: u32) -> Self {
        let made = Made::constant(KIND, most as u64);
        RwLock { made, most, inner: real_sync::RwLock::const_with_max_readers(t, most) }
    }

    /// See [`real::sync::RwLock::into_inner`].
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<T> From<T> for RwLock<T> {
    #[track_caller]
    fn from(t: T) -> Self {
        RwLock::new(t)
    }
}

impl<T: Default> Default for RwLock<T> {
    #[track_caller]
    fn default() -> Self {
        RwLock::new(T::default())
    }
}
