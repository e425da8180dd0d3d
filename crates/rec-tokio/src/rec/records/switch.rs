//! Whether this process is recorded, and in a chosen order.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

static ON: AtomicBool = AtomicBool::new(false);
static ORDERED: AtomicBool = AtomicBool::new(false);

/// Whether this process is recorded.
pub(crate) fn on() -> bool {
    ON.load(Relaxed)
}

/// Whether it is from now on.
pub(crate) fn set(on: bool) {
    ON.store(on, Relaxed);
}

/// Whether the order that it takes is chosen.
pub(crate) fn is_ordered() -> bool {
    ORDERED.load(Relaxed)
}

/// The order that it takes is chosen.
pub(crate) fn set_ordered() {
    ORDERED.store(true, Relaxed);
}
