//! The functions that the hooks stand in front of, and a few small ones in
//! safe clothes.

use std::ffi::{c_int, c_long, c_uint, c_void};
use std::time::Duration;

use libc::{clockid_t, iovec, size_t, ssize_t, timespec};

/// Calls the kernel; -1 and `errno` where it fails.
macro_rules! kernel {
    ($number:ident $(, $arg:expr)*) => {
        libc::syscall(libc::$number $(, $arg)*)
    };
}

pub(crate) unsafe fn clock_gettime(id: clockid_t, to: *mut timespec) -> c_int {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_clock_gettime, id, to) }) as c_int
}

/// Gives the error itself, as the function of libc does.
pub(crate) unsafe fn clock_nanosleep(
    id: clockid_t,
    flags: c_int,
    time: *const timespec,
    left: *mut timespec,
) -> c_int {
    // SAFETY: the caller's promise; errno is this thread's own.
    unsafe {
        match kernel!(SYS_clock_nanosleep, id, flags, time, left) {
            0 => 0,
            _ => *libc::__errno_location(),
        }
    }
}

pub(crate) unsafe fn epoll_wait(
    epoll: c_int,
    events: *mut libc::epoll_event,
    most: c_int,
    timeout: c_int,
) -> c_int {
    let no_mask: *const c_void = std::ptr::null();
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_epoll_pwait, epoll, events, most, timeout, no_mask, 8_usize) }) as c_int
}

pub(crate) unsafe fn write(fd: c_int, from: *const c_void, bytes: size_t) -> ssize_t {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_write, fd, from, bytes) }) as ssize_t
}

pub(crate) unsafe fn writev(fd: c_int, from: *const iovec, parts: c_int) -> ssize_t {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_writev, fd, from, c_long::from(parts)) }) as ssize_t
}

pub(crate) unsafe fn getrandom(to: *mut c_void, bytes: size_t, flags: c_uint) -> ssize_t {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_getrandom, to, bytes, flags) }) as ssize_t
}

/// Writes all of `bytes`, or as much as can be.
pub(crate) fn write_all(fd: c_int, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        // SAFETY: the slice is valid for its length.
        match usize::try_from(unsafe { write(fd, bytes.as_ptr().cast(), bytes.len()) }) {
            Ok(written) => bytes = &bytes[written..],
            // SAFETY: errno is this thread's own.
            Err(_) if unsafe { *libc::__errno_location() } == libc::EINTR => {}
            Err(_) => return,
        }
    }
}

/// The machine's monotonic clock in nanoseconds.
pub(crate) fn monotonic() -> u64 {
    let mut now = timespec(Duration::ZERO);
    // SAFETY: `now` is valid for writing. The clock exists on every Linux.
    unsafe { clock_gettime(libc::CLOCK_MONOTONIC, &raw mut now) };
    u64::try_from(duration(&now).as_nanos()).unwrap_or(u64::MAX)
}

/// Device and number of the file behind `fd`; `None` when it is closed.
pub(crate) fn file(fd: c_int) -> Option<[u64; 2]> {
    // SAFETY: a `stat` of zeros is valid, and fstat(2) writes nothing else.
    unsafe {
        let mut stat: libc::stat = std::mem::zeroed();
        (libc::fstat(fd, &raw mut stat) == 0).then_some([stat.st_dev, stat.st_ino])
    }
}

/// Whether this thread is the process's first.
pub(crate) fn is_main_thread() -> bool {
    // SAFETY: both calls take nothing and cannot fail.
    unsafe { kernel!(SYS_gettid) == c_long::from(libc::getpid()) }
}

/// Ends the process at once.
pub(crate) fn exit(status: c_int) -> ! {
    // SAFETY: ending is always possible.
    unsafe { libc::_exit(status) }
}

/// Sets `errno` and gives -1.
pub(crate) fn fail(error: c_int) -> c_int {
    // SAFETY: errno is this thread's own.
    unsafe { *libc::__errno_location() = error };
    -1
}

pub(crate) fn timespec(time: Duration) -> timespec {
    // SAFETY: a `timespec` of zeros is valid; its padding differs by platform.
    let mut spec: timespec = unsafe { std::mem::zeroed() };
    spec.tv_sec = time.as_secs() as _;
    spec.tv_nsec = time.subsec_nanos() as _;
    spec
}

pub(crate) fn duration(time: &timespec) -> Duration {
    Duration::new(time.tv_sec.max(0) as u64, time.tv_nsec.clamp(0, 999_999_999) as u32)
}
