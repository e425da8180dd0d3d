//! Hooks of what reaches out of the process: on a clock of its own the process
//! cannot wait for what runs on the machine's. So it ends, and the parent runs
//! it again on the machine's clock. And of what ends the process.

use std::ffi::{c_char, c_int, c_void};

use libc::{pid_t, sockaddr, socklen_t};

use super::super::raw::{self, Field, emit};
use super::super::{current, output, stack, threads};
use super::{is_virtual, real};

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
    if unsafe { is_elsewhere(address) } {
        reaches_out("it connects to another machine");
    }
    // SAFETY: the caller's promise.
    unsafe { real::connect(fd, address, bytes) }
}

/// Whether an address is that of another machine.
///
/// # Safety
///
/// `address` is null or valid for its family.
unsafe fn is_elsewhere(address: *const sockaddr) -> bool {
    use std::net::{Ipv4Addr, Ipv6Addr};
    // SAFETY: the caller's promise; a connect(2) may undo another with no address.
    let Some(family) = (unsafe { address.as_ref() }) else { return false };
    match c_int::from(family.sa_family) {
        libc::AF_INET => {
            // SAFETY: the family says so.
            let address = unsafe { (*address.cast::<libc::sockaddr_in>()).sin_addr.s_addr };
            let address = Ipv4Addr::from(u32::from_be(address));
            !address.is_loopback() && !address.is_unspecified()
        }
        libc::AF_INET6 => {
            // SAFETY: the family says so.
            let address = unsafe { (*address.cast::<libc::sockaddr_in6>()).sin6_addr.s6_addr };
            let address = Ipv6Addr::from(address);
            !address.is_loopback() && !address.is_unspecified()
        }
        _ => false,
    }
}
