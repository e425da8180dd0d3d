//! A process between this one and a child, which keeps all that the child starts.
//!
//! It is a copy of this process that executes nothing. The system gives it every
//! orphan among its descendants (`PR_SET_CHILD_SUBREAPER`), so that none can leave
//! it, whatever session and environment it makes for itself. It kills them all,
//! however many there are, when the child has ended, when its [`Lifeline`] is
//! dropped, or when this process is gone; then it ends as the child did.
//!
//! ```text
//! this process ─── keeper ─── child ─── …
//!       └─ lifeline ─┘
//! ```
#![allow(unsafe_code, reason = "between fork and exec there is nothing but system calls")]

use std::ffi::{CStr, c_int};
use std::fs;
use std::io::{self, Error, PipeReader, PipeWriter};
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::time::Duration;

use libc::pid_t;

/// As long as this is there, the child may run.
#[derive(Debug)]
pub struct Lifeline(#[allow(dead_code, reason = "to be dropped is its use")] PipeWriter);

/// Has `command` started by a keeper of its own, whose process is then what the
/// command's `Child` is. Where it may compute for so long only (in whole seconds,
/// at least one), the system ends it by `SIGXCPU` after that, however long others
/// had the processors.
///
/// # Errors
///
/// When there are too many open files.
pub fn keep(command: &mut Command, computes: Option<Duration>) -> io::Result<Lifeline> {
    let (lifeline, held) = io::pipe()?;
    let computes = computes.map(|most| most.as_secs().max(1));
    command.process_group(0);
    // SAFETY: between fork and exec the closure makes system calls and nothing else.
    unsafe {
        command.pre_exec(move || begin(&lifeline, computes));
    }
    Ok(Lifeline(held))
}

/// All processes that descend from `pid`, as far as this one may see them.
pub fn descendants(pid: u32) -> Vec<u32> {
    let mut found = vec![pid];
    let mut next = 0;
    while let Some(pid) = found.get(next) {
        // Each thread has its own children.
        let threads = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
        let children: String = threads
            .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok())
            .collect();
        found.extend(children.split_ascii_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
        next += 1;
    }
    found.remove(0);
    found
}

/// Makes the new process two: the keeper, which does not come back, and the child.
fn begin(lifeline: &PipeReader, computes: Option<u64>) -> io::Result<()> {
    // SAFETY: system calls; what is pointed to lives on this stack.
    unsafe {
        let keeper = libc::getpid();
        if libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1) != 0 {
            return Err(Error::last_os_error());
        }
        match libc::fork() {
            -1 => Err(Error::last_os_error()),
            0 => {
                libc::setpgid(0, 0);
                libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL);
                if let Some(most) = computes {
                    // Whoever does not heed the signal is killed.
                    let limit = libc::rlimit { rlim_cur: most, rlim_max: most.saturating_add(1) };
                    libc::setrlimit(libc::RLIMIT_CPU, &raw const limit);
                    let no_core = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
                    libc::setrlimit(libc::RLIMIT_CORE, &raw const no_core);
                }
                // It may have died before the signal was asked for.
                if libc::getppid() == keeper { Ok(()) } else { libc::_exit(1) }
            }
            child => run(child, lifeline.as_raw_fd()),
        }
    }
}

/// For how long the process `pid` and all that descend from it have computed, in
/// the ticks of the system's clock, as far as they can be seen.
pub fn computed(pid: u32) -> u64 {
    let of = |pid: u32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // Its name, which may be anything, stands in parentheses; behind it, from
        // the third field on, are the 14th and the 15th.
        let fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
        fields.skip(11).take(2).map(|ticks| ticks.parse::<u64>().ok()).sum::<Option<u64>>()
    };
    std::iter::once(pid).chain(descendants(pid)).filter_map(of).sum()
}

/// The keeper's life.
fn run(child: pid_t, lifeline: RawFd) -> ! {
    // SAFETY: what is pointed to lives on this stack.
    unsafe {
        // Nothing but the lifeline is the keeper's: a pipe that it held would not end.
        if lifeline > 0 {
            libc::syscall(libc::SYS_close_range, 0, lifeline - 1, 0);
        }
        libc::syscall(libc::SYS_close_range, lifeline + 1, c_int::MAX, 0);
        // What is meant for the child, as Ctrl-C is, does not end its keeper.
        let mut all: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&raw mut all);
        libc::sigprocmask(libc::SIG_BLOCK, &raw const all, std::ptr::null_mut());
        let pidfd = libc::syscall(libc::SYS_pidfd_open, child, 0) as c_int;
        let mut status = None;
        while status.is_none() && !has_ended(lifeline, pidfd) {
            reap(child, &mut status);
        }
        // A whole group at a blow leaves it no time to fork.
        if status.is_none() {
            libc::kill(-child, libc::SIGKILL);
        }
        for _ in 0..PATIENCE {
            kill_children();
            if !reap(child, &mut status) {
                break;
            }
            let moment = libc::timespec { tv_sec: 0, tv_nsec: 1_000_000 };
            libc::nanosleep(&raw const moment, std::ptr::null_mut());
        }
        end_as(status.unwrap_or(libc::SIGKILL))
    }
}

/// How often the end is tried, a millisecond apart: a process that hangs in the
/// kernel is not waited for.
const PATIENCE: usize = 10_000;

/// Waits a while; whether the lifeline is dropped.
unsafe fn has_ended(lifeline: RawFd, pidfd: RawFd) -> bool {
    let ask = |fd| libc::pollfd { fd, events: libc::POLLIN, revents: 0 };
    let mut both = [ask(lifeline), ask(pidfd)];
    // SAFETY: the list is valid for its length. Orphans are collected now and then.
    unsafe { libc::poll(both.as_mut_ptr(), 2, 100) };
    both[0].revents != 0
}

/// Collects those who are dead, and the child's status; whether anybody is left.
unsafe fn reap(child: pid_t, status: &mut Option<c_int>) -> bool {
    loop {
        let mut one = 0;
        // SAFETY: `one` lives as long as the call.
        match unsafe { libc::waitpid(-1, &raw mut one, libc::WNOHANG | libc::__WALL) } {
            0 => return true,
            -1 => return false,
            pid if pid == child => *status = Some(one),
            _ => {}
        }
    }
}

/// Kills this process's children; theirs are its own then.
unsafe fn kill_children() {
    const CHILDREN: &CStr = c"/proc/thread-self/children";
    let mut text = [0_u8; 4096];
    // SAFETY: the path ends with a zero, and the buffer is valid for its length.
    let length = unsafe {
        let file = libc::open(CHILDREN.as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC);
        let length = libc::read(file, text.as_mut_ptr().cast(), text.len());
        libc::close(file);
        length
    };
    let text = &text[..usize::try_from(length).unwrap_or(0)];
    for number in text.split_inclusive(|byte| *byte == b' ') {
        // Of more than fit the last is cut off, and comes next time.
        if let Some((b' ', digits)) = number.split_last() {
            let pid = digits.iter().fold(0, |pid, digit| pid * 10 + pid_t::from(digit - b'0'));
            // SAFETY: it takes numbers.
            unsafe { libc::kill(pid, libc::SIGKILL) };
        }
    }
}

/// Ends this process as the one of that `status` ended.
unsafe fn end_as(status: c_int) -> ! {
    // SAFETY: what is pointed to lives on this stack.
    unsafe {
        if libc::WIFEXITED(status) {
            libc::_exit(libc::WEXITSTATUS(status));
        }
        let signal = libc::WTERMSIG(status);
        let no_core = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        libc::setrlimit(libc::RLIMIT_CORE, &raw const no_core);
        libc::signal(signal, libc::SIG_DFL);
        let mut one: libc::sigset_t = std::mem::zeroed();
        libc::sigaddset(&raw mut one, signal);
        libc::kill(libc::getpid(), signal);
        libc::sigprocmask(libc::SIG_UNBLOCK, &raw const one, std::ptr::null_mut());
        libc::_exit(128 + signal)
    }
}
