//! What the program takes a runtime for, which may not be what it is.

use std::sync::{Mutex, PoisonError};

use real::runtime::{Handle, Id};

/// The runtimes that the program takes for multi-threaded ones.
static MULTI_THREAD: Mutex<Vec<Id>> = Mutex::new(Vec::new());

/// The program takes the runtime for a multi-threaded one.
pub(crate) fn set_multi_thread(handle: &Handle) {
    MULTI_THREAD.lock().unwrap_or_else(PoisonError::into_inner).push(handle.id());
}

/// Whether the program takes the runtime for a multi-threaded one.
pub(crate) fn is_multi_thread(handle: &Handle) -> bool {
    MULTI_THREAD.lock().unwrap_or_else(PoisonError::into_inner).contains(&handle.id())
}

/// Whether the program takes the runtime it is in for a multi-threaded one.
pub(crate) fn in_multi_thread() -> bool {
    Handle::try_current().is_ok_and(|handle| is_multi_thread(&handle))
}
