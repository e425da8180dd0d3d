//! The runtimes: whose root future is done, and which of them are being dropped.

use std::sync::{Mutex, MutexGuard, PoisonError};

use real::runtime::Id;

use super::raw::emit;
use super::say::End;
use crate::rec::sys::lock::SpinLock;

/// The root future of each runtime that is done last, until the runtime is dropped.
static DONE: Mutex<Vec<(Id, u32)>> = Mutex::new(Vec::new());

/// The runtimes that are being dropped.
static ENDING: SpinLock<Vec<Id>> = SpinLock::new(Vec::new());

fn all_done() -> MutexGuard<'static, Vec<(Id, u32)>> {
    DONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The root future `task` of a runtime is done.
pub(crate) fn done(runtime: Id, task: u32) {
    let mut all = all_done();
    all.retain(|(other, _)| *other != runtime);
    all.push((runtime, task));
}

/// Ends a runtime, `by` a drop or a shut-down.
pub(crate) fn ends(runtime: Id, by: impl FnOnce()) {
    for (_, task) in all_done().extract_if(.., |(of, _)| *of == runtime) {
        emit(End { k: task });
    }
    ENDING.lock().push(runtime);
    by();
    ENDING.lock().retain(|other| *other != runtime);
}

/// Whether a runtime is being dropped: wakes of its tasks lead to nothing.
pub(crate) fn is_ending(runtime: Id) -> bool {
    ENDING.lock().contains(&runtime)
}

/// The process ends, and takes the runtimes with it.
pub(crate) fn exit() {
    for (_, task) in all_done().drain(..) {
        emit(End { k: task });
    }
}
