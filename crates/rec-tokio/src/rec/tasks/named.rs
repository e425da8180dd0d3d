//! The name that a program itself gives to the task that it spawns next.

use std::cell::Cell;

thread_local! {
    static NAME: Cell<Option<String>> = const { Cell::new(None) };
}

/// While it is there, the next task of this thread is called so.
#[cfg(tokio_unstable)]
pub(crate) struct Named;

#[cfg(tokio_unstable)]
impl Named {
    pub(crate) fn so(name: Option<&str>) -> Self {
        NAME.set(name.map(str::to_owned));
        Named
    }
}

#[cfg(tokio_unstable)]
impl Drop for Named {
    fn drop(&mut self) {
        NAME.take();
    }
}

/// The name for the task that is spawned.
pub(crate) fn take() -> Option<String> {
    // A destructor of the thread's may spawn, too.
    NAME.try_with(Cell::take).ok().flatten()
}
