//! Where the program stands: its call stack, as addresses. The parent process
//! turns them into lines, with the debug information of the executable.

use std::collections::BTreeMap;
use std::ffi::{c_int, c_void};
use std::sync::{Mutex, PoisonError};

use super::raw::emit;
use super::say::Stack;
use super::{compute, switch};
use crate::rec::sys::inside;

/// More frames than that are cut off at the outer end.
const DEPTH: usize = 256;

/// The stacks seen, by their addresses. Ordered, since a hash map would take
/// its seed from the same chance as the program's own.
static SEEN: Mutex<BTreeMap<Vec<usize>, u32>> = Mutex::new(BTreeMap::new());

/// The number of the stack that the caller is called from. A stack not seen
/// before is recorded: `{"e":"stack","s":1,"ips":[…]}`, the innermost first.
pub(crate) fn here() -> u32 {
    if switch::on() { compute::own(|| inside::recorder(walk)) } else { 0 }
}

fn walk() -> u32 {
    let mut ips: Vec<usize> = Vec::with_capacity(64);
    // SAFETY: `frame` is of the type that the unwinder calls, and is handed
    // the pointer to `ips`, which outlives the call.
    #[allow(unsafe_code, reason = "std gives a stack only as text")]
    unsafe {
        _Unwind_Backtrace(frame, (&raw mut ips).cast());
    }
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(number) = seen.get(&ips) {
        return *number;
    }
    let number = u32::try_from(seen.len()).map_or(u32::MAX, |n| n + 1);
    emit(Stack { s: number, ips: &ips });
    seen.insert(ips, number);
    number
}

#[allow(unsafe_code, reason = "the unwinder is a C library")]
#[link(name = "gcc_s")]
unsafe extern "C" {
    fn _Unwind_Backtrace(
        frame: extern "C" fn(*mut c_void, *mut c_void) -> c_int,
        arg: *mut c_void,
    ) -> c_int;
    fn _Unwind_GetIP(context: *mut c_void) -> usize;
}

/// Takes one frame; 0 asks for the next, anything else ends the walk.
extern "C" fn frame(context: *mut c_void, ips: *mut c_void) -> c_int {
    // SAFETY: `context` comes from the unwinder that calls, `ips` from `here`.
    #[allow(unsafe_code, reason = "a callback of a C library")]
    let (ips, ip) = unsafe { (&mut *ips.cast::<Vec<usize>>(), _Unwind_GetIP(context)) };
    // The address is the one returned to; the call is before it.
    ips.push(ip.saturating_sub(1));
    c_int::from(ips.len() == DEPTH)
}
