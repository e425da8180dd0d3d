//! Where a thread is when libc is called: in the program, in the recorder, or
//! in a handler of a signal.
//!
//! A handler may have interrupted anything, the allocator say, and the
//! recorder's own allocations go to the program's allocator. So a hook that
//! finds its thread in one of the two does nothing that allocates or locks.

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread::LocalKey;

thread_local! {
    static RECORDER: Cell<u32> = const { Cell::new(0) };
    static HANDLER: Cell<u32> = const { Cell::new(0) };
}

/// Calls `f`, work of the recorder's.
pub(crate) fn recorder<T>(f: impl FnOnce() -> T) -> T {
    let _leaves = Inside::recorder();
    f()
}

/// Whether this thread is in the recorder, or in a handler.
pub(crate) fn is_inside() -> bool {
    is_recorder() || is_handler()
}

/// Whether this thread is in the recorder.
pub(crate) fn is_recorder() -> bool {
    RECORDER.with(Cell::get) > 0
}

/// Whether this thread runs a handler of the program's.
pub(crate) fn is_handler() -> bool {
    HANDLER.with(Cell::get) > 0
}

/// The thread is there until this is dropped.
pub(crate) struct Inside(&'static LocalKey<Cell<u32>>);

impl Inside {
    /// In the recorder.
    pub(crate) fn recorder() -> Self {
        Inside::of(&RECORDER)
    }

    fn of(place: &'static LocalKey<Cell<u32>>) -> Self {
        // These cells have no destructor, so they live as long as the thread.
        place.with(|depth| depth.set(depth.get() + 1));
        Inside(place)
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.with(|depth| depth.set(depth.get() - 1));
    }
}

/// A handler: the signal, and what is known of it.
type Handler = extern "C" fn(c_int, *mut c_void, *mut c_void);

/// The program's own handlers, by signal.
static HANDLERS: [AtomicUsize; 65] = [const { AtomicUsize::new(0) }; 65];

/// Runs the program's handler of a signal.
extern "C" fn handle(signal: c_int, info: *mut c_void, context: *mut c_void) {
    let _leaves = Inside::of(&HANDLER);
    let handler = HANDLERS[signal as usize].load(Relaxed);
    // SAFETY: it was a handler where `stand_in` took it, which reads as many of
    // the three as it is declared with.
    #[allow(unsafe_code, reason = "a handler is a C function")]
    let handler: Handler = unsafe { std::mem::transmute(handler) };
    handler(signal, info, context);
}

/// What is to be installed for `signal` in the place of the program's `handler`.
pub(crate) fn stand_in(signal: c_int, handler: usize) -> usize {
    let is_none = [libc::SIG_DFL, libc::SIG_IGN, libc::SIG_ERR].contains(&handler);
    // std has handlers of its own for a fault, and looks at them.
    let is_fault = [libc::SIGSEGV, libc::SIGBUS].contains(&signal);
    match HANDLERS.get(signal as usize).filter(|_| !is_none && !is_fault) {
        Some(kept) => {
            kept.store(handler, Relaxed);
            handle as Handler as usize
        }
        None => handler,
    }
}

/// The program's last handler of `signal`, before another is given.
pub(crate) fn last(signal: c_int) -> usize {
    HANDLERS.get(signal as usize).map_or(0, |handler| handler.load(Relaxed))
}

/// What the program has given for what it finds `installed`, if its `last` was
/// given last.
pub(crate) fn given(installed: usize, last: usize) -> usize {
    if installed == handle as Handler as usize { last } else { installed }
}
