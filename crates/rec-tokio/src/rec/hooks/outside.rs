//! Hooks of what reaches out of the process: on a clock of its own the process
//! cannot wait for what runs on the machine's. And of what ends the process.

use std::ffi::{c_char, c_int, c_void};
use std::net::SocketAddr;

use libc::{pid_t, size_t, sockaddr, socklen_t, ssize_t};

use crate::rec::records::leaves::needs_real_time;
use crate::rec::records::raw::{self, emit};
use crate::rec::records::say::{Becomes, Exits};
use crate::rec::records::{clock, driven, output, roots, stack, switch, who};
use crate::rec::sys::{self, inside, memory, sockets};
use crate::rec::tasks::current;
use crate::rec::turns::threads;

/// Ends a process on virtual time that is about to do what `why` says.
fn reaches_out(why: &str) {
    if threads::waits_here() {
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
    if inside::is_handler() {
        raw::exits_in_handler(status);
    } else if switch::on() {
        says_exit(status);
    }
    // SAFETY: the caller's promise.
    unsafe {
        let exit: unsafe extern "C" fn(c_int) -> ! = sys::next!(c"exit");
        exit(status)
    }
}

/// Records that the program ends the process itself.
fn says_exit(status: c_int) {
    driven::ends(None);
    roots::exit();
    output::flush();
    let thread = who::thread();
    emit(Exits { k: current::task(), status, s: stack::here(), thread });
}

/// Ends the process without what was asked for to be called at its end.
///
/// # Safety
///
/// As _exit(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn _exit(status: c_int) -> ! {
    if inside::is_handler() {
        raw::exits_in_handler(status);
    } else if switch::on() {
        says_exit(status);
    }
    sys::exit(status)
}

/// # Safety
///
/// As _Exit(3).
#[unsafe(no_mangle)]
unsafe extern "C" fn _Exit(status: c_int) -> ! {
    // SAFETY: it is the same.
    unsafe { _exit(status) }
}

/// Says that another program takes the place of this one, of which nothing is
/// recorded. Where it cannot, this one goes on.
fn becomes_another() {
    if switch::on() && !inside::is_inside() {
        output::flush();
        emit(Becomes {});
    }
}

/// # Safety
///
/// As execve(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn execve(path: *const c_char, arguments: Texts, environment: Texts) -> c_int {
    becomes_another();
    // SAFETY: that is the function's type; the caller's promise.
    unsafe {
        let exec: unsafe extern "C" fn(*const c_char, Texts, Texts) -> c_int =
            sys::next!(c"execve");
        exec(path, arguments, environment)
    }
}

/// # Safety
///
/// As execv(3).
#[unsafe(no_mangle)]
unsafe extern "C" fn execv(path: *const c_char, arguments: Texts) -> c_int {
    becomes_another();
    // SAFETY: that is the function's type; the caller's promise.
    unsafe {
        let exec: unsafe extern "C" fn(*const c_char, Texts) -> c_int = sys::next!(c"execv");
        exec(path, arguments)
    }
}

/// What `exec` of std's `Command` calls.
///
/// # Safety
///
/// As execvp(3).
#[unsafe(no_mangle)]
unsafe extern "C" fn execvp(path: *const c_char, arguments: Texts) -> c_int {
    becomes_another();
    // SAFETY: that is the function's type; the caller's promise.
    unsafe {
        let exec: unsafe extern "C" fn(*const c_char, Texts) -> c_int = sys::next!(c"execvp");
        exec(path, arguments)
    }
}

/// Texts of C, null at their end.
type Texts = *const *const c_char;

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
    if internet(address, bytes).is_some_and(is_elsewhere) {
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
    if let Some(address) = internet(address, address_bytes) {
        if is_elsewhere(address) {
            reaches_out("it sends to another machine");
        } else if clock::runs_virtually() && !sockets::have(address) {
            reaches_out("it sends to another process");
        }
    }
    // SAFETY: the caller's promise.
    unsafe { sys::sendto(fd, from, bytes, flags, address, address_bytes) }
}

/// The internet address at `address`, if there is one: else the kernel says what
/// is wrong.
fn internet(address: *const sockaddr, bytes: socklen_t) -> Option<SocketAddr> {
    // SAFETY: an address is valid whatever its bytes are, and has room for every family.
    unsafe {
        let copy: libc::sockaddr_storage = memory::value(address.cast(), bytes as usize)?;
        sockets::internet((&raw const copy).cast())
    }
}

/// Whether an address is that of another machine.
fn is_elsewhere(address: SocketAddr) -> bool {
    !address.ip().is_loopback() && !address.ip().is_unspecified()
}
