//! `block_in_place` where a runtime that the program takes for one of several
//! workers has one thread: what it calls cannot block on a future there.
//!
//! tokio panics then, which it would not on a worker. So the process ends, and
//! the parent runs it again on workers.

use std::cell::Cell;

use super::raw::emit;
use super::say::Workers;
use crate::rec::sys;

/// What tokio says when something blocks on a future on a thread that runs
/// others: `runtime/context/runtime.rs` and `future/block_on.rs`.
const REFUSALS: [&str; 2] =
    ["Cannot start a runtime from within a runtime", "Cannot block the current thread from within"];

thread_local! {
    /// How many calls of `block_in_place` this thread is in.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Calls `f`, which the program wants to be called by `block_in_place`.
pub(crate) fn call<R>(f: impl FnOnce() -> R) -> R {
    struct Inside;
    impl Drop for Inside {
        fn drop(&mut self) {
            DEPTH.set(DEPTH.get() - 1);
        }
    }
    DEPTH.set(DEPTH.get() + 1);
    let _inside = Inside;
    f()
}

/// This thread panics with `message`; does not come back if a worker would not.
pub(crate) fn panics(message: &str) {
    let is_inside = DEPTH.try_with(Cell::get).is_ok_and(|depth| depth > 0);
    if is_inside && REFUSALS.iter().any(|refusal| message.starts_with(refusal)) {
        emit(Workers { why: "it blocks on a future in block_in_place" });
        sys::exit(0)
    }
}
