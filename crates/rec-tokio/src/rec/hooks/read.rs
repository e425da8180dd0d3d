//! Hooks of what reads from a socket or a pipe, or takes a connection, and
//! waits in the kernel until there is something: on virtual time the thread
//! gives its turn away meanwhile.

use std::ffi::{c_int, c_void};
use std::time::Duration;

use libc::{iovec, size_t, sockaddr, socklen_t, ssize_t};

use super::wait::{PATIENCE, held};
use crate::rec::records::leaves::needs_real_time;
use crate::rec::records::switch;
use crate::rec::sys::{self, inside, sockets};
use crate::rec::turns::threads;
use crate::rec::turns::turn::{For, Woken};

/// Waits until `fd` can be read, if reading it would hold the thread up. False
/// if the program's own time limit is over first.
fn wait(fd: c_int) -> bool {
    if !sys::is_blocking(fd) {
        return true;
    }
    if !threads::waits_here() {
        patiently(fd);
        return true;
    }
    if fd == 0 {
        needs_real_time("it reads its standard input", "order");
    }
    while !sys::readable([fd].into_iter(), 0)[0] {
        if threads::holding(held(), || threads::wait(For::File(fd), limit(fd))) == Woken::TimedOut {
            return false;
        }
    }
    true
}

/// On the machine's clock: tells when a read holds a poll up.
fn patiently(fd: c_int) {
    if switch::on()
        && !inside::is_inside()
        && let Some(held) = held()
        && !sys::readable([fd].into_iter(), PATIENCE.as_millis() as c_int)[0]
    {
        held.say();
    }
}

/// How long a read may take, as the program has set it for the socket `fd`.
fn limit(fd: c_int) -> Option<Duration> {
    // SAFETY: that is what it is.
    let limit: libc::timeval = unsafe { sockets::option(fd, libc::SOL_SOCKET, libc::SO_RCVTIMEO) }?;
    let limit = Duration::new(limit.tv_sec as u64, limit.tv_usec as u32 * 1_000);
    (!limit.is_zero()).then_some(limit)
}

/// # Safety
///
/// As read(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn read(fd: c_int, to: *mut c_void, bytes: size_t) -> ssize_t {
    if !wait(fd) {
        return sys::fail(libc::EAGAIN) as ssize_t;
    }
    // SAFETY: the caller's promise.
    unsafe { sys::read(fd, to, bytes) }
}

/// # Safety
///
/// As readv(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn readv(fd: c_int, to: *const iovec, parts: c_int) -> ssize_t {
    if !wait(fd) {
        return sys::fail(libc::EAGAIN) as ssize_t;
    }
    // SAFETY: the caller's promise.
    unsafe { sys::readv(fd, to, parts) }
}

/// # Safety
///
/// As recv(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn recv(fd: c_int, to: *mut c_void, bytes: size_t, flags: c_int) -> ssize_t {
    let nobody = std::ptr::null_mut();
    // SAFETY: the caller's promise; the sender is not asked for.
    unsafe { recvfrom(fd, to, bytes, flags, nobody, nobody.cast()) }
}

/// # Safety
///
/// As recvfrom(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn recvfrom(
    fd: c_int,
    to: *mut c_void,
    bytes: size_t,
    flags: c_int,
    sender: *mut sockaddr,
    sender_bytes: *mut socklen_t,
) -> ssize_t {
    if flags & libc::MSG_DONTWAIT == 0 && !wait(fd) {
        return sys::fail(libc::EAGAIN) as ssize_t;
    }
    // SAFETY: the caller's promise.
    unsafe { sys::recvfrom(fd, to, bytes, flags, sender, sender_bytes) }
}

/// # Safety
///
/// As accept4(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn accept4(
    fd: c_int,
    client: *mut sockaddr,
    client_bytes: *mut socklen_t,
    flags: c_int,
) -> c_int {
    if !wait(fd) {
        return sys::fail(libc::EAGAIN);
    }
    // SAFETY: the caller's promise.
    unsafe { sys::accept4(fd, client, client_bytes, flags) }
}
