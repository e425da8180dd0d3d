//! Waiting on virtual time.

use std::ffi::c_int;
use std::time::Duration;

use super::super::raw::{Field, emit};
use super::super::{clock, current, output, stack};
use super::real;

/// Records that the thread is held for `time`.
pub(crate) fn say_blocked(time: Duration) {
    let task = Field("k", current::task());
    let other = Field("thread", (!real::is_main_thread()).then_some(1));
    emit!("block", ",\"ns\":{},\"s\":{}{task}{other}", time.as_nanos(), stack::here());
}

/// The thread sleeps.
pub(crate) fn sleep(time: Duration) {
    clock::advance(time);
}

/// Waits until `look`, which does not wait, finds something, at most for
/// `timeout`. Gives what it found, 0 for nothing.
pub(crate) fn until_ready(timeout: Option<Duration>, mut look: impl FnMut() -> c_int) -> c_int {
    let found = look();
    match timeout {
        _ if found != 0 => found,
        Some(timeout) => {
            clock::advance(timeout);
            0
        }
        None => {
            output::flush();
            emit!("stuck");
            real::exit(0)
        }
    }
}
