//! Hooks of what reaches out of the process: on a clock of its own the process
//! cannot wait for what runs on the machine's. So it ends, and the parent runs
//! it again on the machine's clock. And of what ends the process.

use std::ffi::{c_char, c_int, c_void};
use std::net::SocketAddr;

use libc::{pid_t, size_t, sockaddr, socklen_t, ssize_t};

use super::super::raw::{self, Field, emit};
use super::super::{current, output, stack, threads};
use super::{is_virtual, real, sockets};

/// Ends a process on virtual time that is about to do what `why` says.
fn reaches_out(why: &str) {
    if is_virtual() && threads::takes_turns() {
        needs_real_time(why, "seen");
    }
}

/// Ends the process: it has to run on the machine's clock, for the reason
/// `why`, and its recording is of the `class`.
pub(crate) fn needs_real_time(why: &str, class: &str) -> ! {
    emit!("outside", ",\"why\":\"{why}\",\"class\":\"{class}\"");
    real::exit(0)
}

/// What `std::process::exit` calls; a `main` that returns does not.
///
/// # Safety
///
/// As exit(3).
#[unsafe(no_mangle)]
unsafe extern "C" fn exit(status: c_int) -> ! {
    if raw::on() {
        crate::runtime::exit();
        output::flush();
        let task = Field("k", current::task());
        let other = Field("thread", (!real::is_main_thread()).then_some(1));
        emit!("exits", ",\"status\":{status},\"s\":{}{task}{other}", stack::here());
    }
    // SAFETY: the caller's promise.
    unsafe {
        let exit: unsafe extern "C" fn(c_int) -> ! = real::next!(c"exit");
        exit(status)
    }
}

/// # Safety
///
/// As fork(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn fork() -> pid_t {
    reaches_out("it starts another process");
    // SAFETY: the caller's promise.
    unsafe { real::fork() }
}

/// # Safety
///
/// As posix_spawn(3).
#[unsafe(no_mangle)]
unsafe extern "C" fn posix_spawn(
    pid: *mut pid_t,
    path: *const c_char,
    actions: *const c_void,
    attributes: *const c_void,
    arguments: *const *mut c_char,
    environment: *const *mut c_char,
) -> c_int {
    reaches_out("it starts another process");
    // SAFETY: the caller's promise.
    unsafe {
        let spawn: real::Spawn = real::next!(c"posix_spawn");
        spawn(pid, path, actions, attributes, arguments, environment)
    }
}

/// # Safety
///
/// As posix_spawnp(3).
#[unsafe(no_mangle)]
unsafe extern "C" fn posix_spawnp(
    pid: *mut pid_t,
    path: *const c_char,
    actions: *const c_void,
    attributes: *const c_void,
    arguments: *const *mut c_char,
    environment: *const *mut c_char,
) -> c_int {
    reaches_out("it starts another process");
    // SAFETY: the caller's promise.
    unsafe {
        let spawn: real::Spawn = real::next!(c"posix_spawnp");
        spawn(pid, path, actions, attributes, arguments, environment)
    }
}

/// # Safety
///
/// As connect(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn connect(fd: c_int, address: *const sockaddr, bytes: socklen_t) -> c_int {
    // SAFETY: the caller's promise.
    if unsafe { sockets::internet(address) }.is_some_and(is_elsewhere) {
        reaches_out("it connects to another machine");
    }
    // SAFETY: the caller's promise.
    unsafe { real::connect(fd, address, bytes) }
}

/// # Safety
///
/// As sendto(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn sendto(
    fd: c_int,
    from: *const c_void,
    bytes: size_t,
    flags: c_int,
    address: *const sockaddr,
    address_bytes: socklen_t,
) -> ssize_t {
    // SAFETY: the caller's promise.
    if let Some(address) = unsafe { sockets::internet(address) } {
        if is_elsewhere(address) {
            reaches_out("it sends to another machine");
        } else if is_virtual() && !sockets::have(address) {
            reaches_out("it sends to another process");
        }
    }
    // SAFETY: the caller's promise.
    unsafe { real::sendto(fd, from, bytes, flags, address, address_bytes) }
}

/// Whether an address is that of another machine.
fn is_elsewhere(address: SocketAddr) -> bool {
    !address.ip().is_loopback() && !address.ip().is_unspecified()
}

/// Whether something may come from outside the process that nobody in it
/// knows of: a client, or a signal.
pub(crate) fn may_come() -> bool {
    sockets::are_open_to_others() || handles_signals()
}

/// Whether the program handles a signal, but for those that std does.
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
