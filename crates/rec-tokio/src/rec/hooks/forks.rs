//! Copies of this process, each of which is recorded: what a process does up to
//! here, and to be kept within limits, is done once.
//!
//! Whoever has started this one asks for a copy by a line on the standard input:
//! how many seconds it may compute, 0 for any, and its order. The answers are the
//! copy's number, and, when it is over, its status.
#![allow(unsafe_code, reason = "nothing but system calls")]

use std::ffi::{CStr, CString, OsString, c_int};
use std::io::{Read, Write};
use std::mem::ManuallyDrop;
use std::os::fd::FromRawFd;

use crate::rec::sys;

/// Comes back in each copy, with its order; in this process never. What the copy
/// writes besides its records goes to a file beside that of the `events`.
pub(crate) fn next(events: &CStr) -> OsString {
    loop {
        let Some(line) = line() else { sys::exit(0) };
        let (seconds, order) = line.split_once(' ').unwrap_or((&line, ""));
        // SAFETY: there is one thread only; what is pointed to lives on this stack.
        unsafe {
            let copy = sys::fork();
            if copy == 0 {
                begin(events, seconds.parse().unwrap_or(0));
                return order.into();
            }
            libc::setpgid(copy, copy);
            answer(copy);
            if copy < 0 {
                continue;
            }
            // While it is not collected, its number is its own.
            let mut how: libc::siginfo_t = std::mem::zeroed();
            let options = libc::WEXITED | libc::WNOWAIT;
            while libc::waitid(libc::P_PID, copy.cast_unsigned(), &raw mut how, options) < 0
                && sys::errno() == libc::EINTR
            {}
            libc::kill(-copy, libc::SIGKILL);
            let mut status = 0;
            libc::waitpid(copy, &raw mut status, 0);
            answer(status);
        }
    }
}

/// A descriptor as a file, of which std keeps no state.
fn file(fd: c_int) -> ManuallyDrop<std::fs::File> {
    // SAFETY: it is open, and is not closed here.
    ManuallyDrop::new(unsafe { std::fs::File::from_raw_fd(fd) })
}

/// The next line of the standard input, if there is one.
fn line() -> Option<String> {
    let (mut line, mut byte) = (Vec::new(), [0]);
    loop {
        file(0).read_exact(&mut byte).ok()?;
        if byte[0] == b'\n' {
            return String::from_utf8(line).ok();
        }
        line.push(byte[0]);
    }
}

fn answer(number: c_int) {
    // Whoever asks no more does not hear it.
    let _ = file(1).write_all(format!("{number}\n").as_bytes());
}

/// What makes the copy a process of its own.
unsafe fn begin(events: &CStr, seconds: u64) {
    let said = [events.to_bytes(), b".said"].concat();
    let said = CString::new(said).expect("a path with an end of its own has no zero");
    // SAFETY: the paths end with a zero, the limits live on this stack.
    unsafe {
        libc::setpgid(0, 0);
        if seconds > 0 {
            let limit = libc::rlimit { rlim_cur: seconds, rlim_max: seconds + 1 };
            libc::setrlimit(libc::RLIMIT_CPU, &raw const limit);
            let no_core = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
            libc::setrlimit(libc::RLIMIT_CORE, &raw const no_core);
        }
        for (path, flags, to) in [
            (c"/dev/null", libc::O_RDONLY, &[0][..]),
            (&said, libc::O_WRONLY | libc::O_APPEND, &[1, 2]),
        ] {
            let fd = libc::open(path.as_ptr(), flags);
            for to in to {
                libc::dup2(fd, *to);
            }
            libc::close(fd);
        }
    }
}
