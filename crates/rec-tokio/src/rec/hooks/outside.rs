//! Hooks of what reaches out of the process: on a clock of its own the process
//! cannot wait for what runs on the machine's. And of what ends the process.

use std::ffi::{c_char, c_int, c_void};
use std::net::SocketAddr;

use libc::{pid_t, size_t, sockaddr, socklen_t, ssize_t};

use crate::rec::records::leaves::needs_real_time;
use crate::rec::records::raw::emit;
use crate::rec::records::say::Exits;
use crate::rec::records::{clock, output, roots, stack, switch};
use crate::rec::sys::{self, sockets};
use crate::rec::tasks::current;
use crate::rec::turns::threads;

/// Ends a process on virtual time that is about to do what `why` says.
fn reaches_out(why: &str) {
    if clock::runs_virtually() && threads::takes_turns() {
        needs_real_time(why, "seen");
    }
}

/// What `std::process::exit` calls; a `main` that returns does not.
///
/// # Safety
///
/// As exit(3).
#[unsafe(no_mangle)]
unsafe extern "C" fn exit(status: c_int) -> ! {
    if switch::on() {
        roots::exit();
        output::flush();
        let thread = (!sys::is_main_thread()).then_some(1);
        emit(Exits { k: current::task(), status, s: stack::here(), thread });
    }
    // SAFETY: the caller's promise.
    unsafe {
        let exit: unsafe extern "C" fn(c_int) -> ! = sys::next!(c"exit");
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
    unsafe { sys::fork() }
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
        let spawn: sys::Spawn = sys::next!(c"posix_spawn");
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
        let spawn: sys::Spawn = sys::next!(c"posix_spawnp");
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
    unsafe { sys::connect(fd, address, bytes) }
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
        } else if clock::runs_virtually() && !sockets::have(address) {
            reaches_out("it sends to another process");
        }
    }
    // SAFETY: the caller's promise.
    unsafe { sys::sendto(fd, from, bytes, flags, address, address_bytes) }
}

/// Whether an address is that of another machine.
fn is_elsewhere(address: SocketAddr) -> bool {
    !address.ip().is_loopback() && !address.ip().is_unspecified()
}
