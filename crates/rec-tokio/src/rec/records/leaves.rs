//! How the recorded process ends where it cannot go on on a clock of its own:
//! the parent runs it again on the machine's.

use super::raw::emit;
use super::say::Outside;
use crate::rec::sys;
use crate::rec::sys::sockets;

/// Ends the process: it has to run on the machine's clock, for the reason
/// `why`, and its recording is of the `class`.
pub(crate) fn needs_real_time(why: &str, class: &str) -> ! {
    emit(Outside { why, class });
    sys::exit(0)
}

/// Whether something may come from outside the process that nobody in it
/// knows of: a client, or a signal.
pub(crate) fn may_come() -> bool {
    sockets::are_open_to_others() || handles_signals()
}

/// Whether the program handles a signal, but for those that std does.
#[allow(unsafe_code, reason = "std does not tell a signal's action")]
fn handles_signals() -> bool {
    (1..=libc::SIGRTMAX()).filter(|signal| ![libc::SIGSEGV, libc::SIGBUS].contains(signal)).any(
        |signal| {
            // SAFETY: an action of zeros is valid, and is only asked for.
            let handler = unsafe {
                let mut action: libc::sigaction = std::mem::zeroed();
                libc::sigaction(signal, std::ptr::null(), &raw mut action);
                action.sa_sigaction
            };
            handler != libc::SIG_DFL && handler != libc::SIG_IGN
        },
    )
}
