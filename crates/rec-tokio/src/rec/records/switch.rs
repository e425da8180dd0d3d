//! Whether this process is recorded.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

static ON: AtomicBool = AtomicBool::new(false);

/// Whether this process is recorded.
pub(crate) fn on() -> bool {
    ON.load(Relaxed)
}

/// Whether it is from now on.
pub(crate) fn set(on: bool) {
    ON.store(on, Relaxed);
}
