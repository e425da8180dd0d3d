//! Parts of a file that are memory of all who map them.
#![allow(unsafe_code, reason = "memory that is no value of Rust's")]

use std::ffi::c_int;
use std::sync::atomic::AtomicU64;

use super::errno;

/// A part of a file, mapped to be written to.
pub(crate) struct Mapping {
    start: *mut u8,
    bytes: usize,
}

// SAFETY: the memory is the same for every thread.
unsafe impl Send for Mapping {}
// SAFETY: it is written to by `write`, whose caller is alone, and atomically.
unsafe impl Sync for Mapping {}

impl Mapping {
    /// The `bytes` of the file behind `fd` from `at` on, which are there; or the
    /// error that stands against it.
    pub(crate) fn of(fd: c_int, at: u64, bytes: usize) -> Result<Self, c_int> {
        let access = libc::PROT_READ | libc::PROT_WRITE;
        let at = libc::off_t::try_from(at).map_err(|_| libc::EFBIG)?;
        // SAFETY: new memory, at an address of the system's choice.
        let start =
            unsafe { libc::mmap(std::ptr::null_mut(), bytes, access, libc::MAP_SHARED, fd, at) };
        if start == libc::MAP_FAILED {
            return Err(errno());
        }
        Ok(Mapping { start: start.cast(), bytes })
    }

    /// How many bytes it has.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Writes `from` to the bytes from `at` on.
    pub(crate) fn write(&self, at: usize, from: &[u8]) {
        assert!(at <= self.bytes && from.len() <= self.bytes - at, "more than there is");
        // SAFETY: so many bytes are there, and no reference leads to them.
        unsafe { std::ptr::copy_nonoverlapping(from.as_ptr(), self.start.add(at), from.len()) };
    }

    /// The number in the 8 bytes from `at` on, a multiple of 8.
    pub(crate) fn number(&self, at: usize) -> &AtomicU64 {
        assert!(at.is_multiple_of(8) && at + 8 <= self.bytes, "no number");
        // SAFETY: they are there as long as the mapping is, aligned, and any
        // bytes are a number.
        unsafe { AtomicU64::from_ptr(self.start.add(at).cast()) }
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: what `of` has mapped, and nothing refers to it any more.
        unsafe { libc::munmap(self.start.cast(), self.bytes) };
    }
}

/// Makes sure that the disk has room for the `bytes` of the file behind `fd`
/// from `at` on; or gives the error that stands against it.
pub(crate) fn allocate(fd: c_int, at: u64, bytes: usize) -> Result<(), c_int> {
    let at = libc::off_t::try_from(at).map_err(|_| libc::EFBIG)?;
    let bytes = libc::off_t::try_from(bytes).map_err(|_| libc::EFBIG)?;
    loop {
        // SAFETY: it takes numbers alone.
        match unsafe { libc::posix_fallocate(fd, at, bytes) } {
            0 => return Ok(()),
            libc::EINTR => {}
            error => return Err(error),
        }
    }
}
