//! Functions of libc, defined here: those of the executable come before those
//! of the shared library, so std and tokio call these.
//!
//! Time is virtual, output is taken for the record, chance is the same every
//! time. In a process that is not recorded, each calls the function that it
//! stands in front of.
#![allow(unsafe_code, reason = "these are C functions")]

mod outside;
mod read;
mod start;
mod wait;

use std::ffi::{c_int, c_uint, c_void};

use libc::{clockid_t, iovec, size_t, ssize_t, timespec};

use super::records::{clock, output, workers};
use super::sys;
use super::tasks::current;

/// # Safety
///
/// As clock_gettime(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn clock_gettime(id: clockid_t, to: *mut timespec) -> c_int {
    let start = match id {
        libc::CLOCK_MONOTONIC
        | libc::CLOCK_MONOTONIC_RAW
        | libc::CLOCK_MONOTONIC_COARSE
        | libc::CLOCK_BOOTTIME => clock::MONOTONIC_START,
        libc::CLOCK_REALTIME | libc::CLOCK_REALTIME_COARSE => clock::WALL_START,
        // SAFETY: the caller's promise.
        _ => return unsafe { sys::clock_gettime(id, to) },
    };
    if !clock::runs_virtually() {
        // SAFETY: the caller's promise.
        return unsafe { sys::clock_gettime(id, to) };
    }
    let now = start + clock::read();
    // SAFETY: the caller's promise.
    unsafe { *to = sys::timespec(now) };
    0
}

/// # Safety
///
/// As write(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn write(fd: c_int, from: *const c_void, bytes: size_t) -> ssize_t {
    if !output::takes(fd) {
        // SAFETY: the caller's promise.
        return unsafe { sys::write(fd, from, bytes) };
    }
    // SAFETY: the caller's promise.
    let text = unsafe { std::slice::from_raw_parts(from.cast(), bytes) };
    output::take(fd, text, current::task());
    bytes as ssize_t
}

/// # Safety
///
/// As writev(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn writev(fd: c_int, from: *const iovec, parts: c_int) -> ssize_t {
    if !output::takes(fd) {
        // SAFETY: the caller's promise.
        return unsafe { sys::writev(fd, from, parts) };
    }
    let mut bytes = 0;
    // SAFETY: the caller's promise.
    for part in unsafe { std::slice::from_raw_parts(from, parts.max(0) as usize) } {
        // SAFETY: the caller's promise.
        bytes += unsafe { write(fd, part.iov_base, part.iov_len) };
    }
    bytes
}

/// The same numbers in every run: hash maps keep their order, and tokio's
/// choice of the first branch stays the same.
///
/// # Safety
///
/// As getrandom(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn getrandom(to: *mut c_void, bytes: size_t, flags: c_uint) -> ssize_t {
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    static SEED: AtomicU64 = AtomicU64::new(0);
    // With several workers a run is one of many anyway.
    if !workers::is_one_thread() {
        // SAFETY: the caller's promise.
        return unsafe { sys::getrandom(to, bytes, flags) };
    }
    // SAFETY: the caller's promise.
    for byte in unsafe { std::slice::from_raw_parts_mut(to.cast::<u8>(), bytes) } {
        // splitmix64
        let mut z = SEED.fetch_add(0x9e37_79b9_7f4a_7c15, Relaxed);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        *byte = (z >> 56) as u8;
    }
    bytes as ssize_t
}

/// # Safety
///
/// As socket(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn socket(family: c_int, kind: c_int, protocol: c_int) -> c_int {
    sys::opens_socket(family);
    // SAFETY: the caller's promise.
    unsafe { sys::socket(family, kind, protocol) }
}
