//! The numbers that leaves, branches, wakers and groups are told apart by.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

static TURN: AtomicU64 = AtomicU64::new(1);

/// Another task gets a thread, or gives it back.
pub(crate) fn turn_changes() {
    TURN.fetch_add(1, Relaxed);
}

/// Stays the same as long as one task has the thread, where there is only one.
pub(crate) fn turn() -> u64 {
    TURN.load(Relaxed)
}

/// A number that nothing else has.
pub(crate) fn next() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Relaxed)
}
