//! Hooks of what gives a signal its handler: it is to be known of a thread
//! whether it runs one, see [`inside`].

use std::ffi::c_int;

use libc::sighandler_t;

use crate::rec::records::switch;
use crate::rec::sys::{self, inside};

/// # Safety
///
/// As sigaction(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn sigaction(
    signal: c_int,
    new: *const libc::sigaction,
    old: *mut libc::sigaction,
) -> c_int {
    type Action =
        unsafe extern "C" fn(c_int, *const libc::sigaction, *mut libc::sigaction) -> c_int;
    let last = inside::last(signal);
    // SAFETY: the caller's promise: each is null or an action; that is the
    // function's type.
    unsafe {
        let next: Action = sys::next!(c"sigaction");
        if !switch::on() {
            return next(signal, new, old);
        }
        let mut action = new.as_ref().copied();
        if let Some(action) = &mut action {
            action.sa_sigaction = inside::stand_in(signal, action.sa_sigaction);
        }
        let new = action.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
        let result = next(signal, new, old);
        if result == 0
            && let Some(old) = old.as_mut()
        {
            old.sa_sigaction = inside::given(old.sa_sigaction, last);
        }
        result
    }
}

/// # Safety
///
/// As signal(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn signal(signal: c_int, handler: sighandler_t) -> sighandler_t {
    let last = inside::last(signal);
    // SAFETY: that is the function's type; the caller's promise.
    unsafe {
        let next: unsafe extern "C" fn(c_int, sighandler_t) -> sighandler_t = sys::next!(c"signal");
        if !switch::on() {
            return next(signal, handler);
        }
        let before = next(signal, inside::stand_in(signal, handler));
        if before == libc::SIG_ERR { before } else { inside::given(before, last) }
    }
}
