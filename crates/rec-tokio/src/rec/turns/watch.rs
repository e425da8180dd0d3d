//! A thread of the recorder's that sees when the program's do not come on: who
//! never waits never asks whether it may go on as it does.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use super::turn;
use crate::rec::records::{driven, switch, workers};
use crate::rec::sys;

/// How often it looks.
const TICK: Duration = Duration::from_millis(100);

/// Starts it, once, in a program that has several threads, or would have.
pub(crate) fn start() {
    static STARTED: AtomicBool = AtomicBool::new(false);
    if workers::is_one_thread() && !STARTED.swap(true, Relaxed) {
        // SAFETY: `watch` takes nothing. Without it only less is seen.
        #[allow(unsafe_code, reason = "a thread of std's would be the program's")]
        unsafe {
            let mut thread = std::mem::zeroed();
            sys::pthread_create(&raw mut thread, std::ptr::null(), watch, null_mut());
        }
    }
}

extern "C" fn watch(_: *mut c_void) -> *mut c_void {
    // Those are for the program's threads.
    sys::block_signals();
    while switch::on() {
        sys::sleep(TICK);
        driven::look();
        turn::look();
    }
    null_mut()
}
