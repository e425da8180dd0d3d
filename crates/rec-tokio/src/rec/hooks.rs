//! Functions of libc, defined here: those of the executable come before those
//! of the shared library, so std and tokio call these.
//!
//! Time is virtual, output is taken for the record, chance is the same every
//! time. In a process that is not recorded, each calls the function that it
//! stands in front of.
#![allow(unsafe_code, reason = "these are C functions")]

mod forks;
mod outside;
mod read;
mod signals;
mod start;
mod wait;

use std::ffi::{c_int, c_uint, c_void};

use libc::{clockid_t, iovec, size_t, ssize_t, timespec};

use super::records::{clock, output, workers};
use super::sys::{self, inside, memory};
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
    if bytes > 0 && output::takes(fd) {
        let written = if inside::is_handler() {
            output::keep(fd, from, bytes)
        } else if inside::is_recorder() {
            // What the program's allocator says of the recorder's allocations is
            // no print of the program's.
            None
        } else {
            let mut text = vec![0; bytes.min(memory::MOST)];
            let read = memory::read(from, &mut text);
            text.truncate(read);
            output::take(fd, &text, current::task());
            Some(text.len())
        };
        match written {
            Some(0) => return sys::fail(libc::EFAULT) as ssize_t,
            Some(written) => return written as ssize_t,
            None => {}
        }
    }
    // SAFETY: the caller's promise.
    unsafe { sys::write(fd, from, bytes) }
}

/// # Safety
///
/// As writev(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn writev(fd: c_int, from: *const iovec, parts: c_int) -> ssize_t {
    if !(1..=libc::UIO_MAXIOV).contains(&parts) || !output::takes(fd) {
        // SAFETY: the caller's promise.
        return unsafe { sys::writev(fd, from, parts) };
    }
    let mut all = Vec::new();
    let is_inside = inside::is_inside();
    let mut written: ssize_t = 0;
    for part in 0..parts as usize {
        // SAFETY: a part is two words, whatever they are.
        let part = unsafe { memory::value::<iovec>(from.wrapping_add(part).cast(), PART) };
        let Some(part) = part else { return sys::fail(libc::EFAULT) as ssize_t };
        if part.iov_len > memory::MOST - all.len() {
            return sys::fail(libc::EINVAL) as ssize_t;
        }
        if is_inside {
            // One after the other, since nothing may be allocated.
            // SAFETY: the caller's promise.
            match unsafe { write(fd, part.iov_base, part.iov_len) } {
                some @ 0.. => written += some,
                failed => return if written > 0 { written } else { failed },
            }
            continue;
        }
        let begin = all.len();
        all.resize(begin + part.iov_len, 0);
        if memory::read(part.iov_base, &mut all[begin..]) < part.iov_len {
            return sys::fail(libc::EFAULT) as ssize_t;
        }
    }
    if is_inside {
        return written;
    }
    if !all.is_empty() {
        output::take(fd, &all, current::task());
    }
    all.len() as ssize_t
}

/// The bytes of a part.
const PART: usize = size_of::<iovec>();

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
    const FLAGS: c_uint = libc::GRND_NONBLOCK | libc::GRND_RANDOM | libc::GRND_INSECURE;
    // With several workers a run is one of many anyway.
    if bytes == 0 || flags & !FLAGS != 0 || !workers::is_one_thread() {
        // SAFETY: the caller's promise.
        return unsafe { sys::getrandom(to, bytes, flags) };
    }
    let mut given = 0;
    let mut some = [0; 256];
    while given < bytes.min(memory::MOST) {
        let some = &mut some[..(bytes - given).min(256)];
        for byte in &mut *some {
            // splitmix64
            let mut z = SEED.fetch_add(0x9e37_79b9_7f4a_7c15, Relaxed);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = (z >> 56) as u8;
        }
        let moved = memory::write(some, to.wrapping_byte_add(given));
        given += moved;
        if moved < some.len() {
            break;
        }
    }
    if given == 0 { sys::fail(libc::EFAULT) as ssize_t } else { given as ssize_t }
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
