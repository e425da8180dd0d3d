//! The numbers that leaves, branches, wakers and groups are told apart by.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A number that nothing else has.
pub(crate) fn next() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Relaxed)
}
