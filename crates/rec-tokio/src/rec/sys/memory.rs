//! The program's memory, as far as the kernel lets it be read and written: a
//! pointer that leads nowhere is an error of the call, as it is in the kernel.
#![allow(unsafe_code, reason = "system calls that take addresses")]

use std::ffi::c_void;
use std::mem::MaybeUninit;

use libc::iovec;

use super::kernel;

/// More bytes than this no call of the kernel's moves.
pub(crate) const MOST: usize = 0x7fff_f000;

/// Copies as many of the `bytes` at `from` into `to` as can be read.
pub(crate) fn read(from: *const c_void, to: &mut [u8]) -> usize {
    let local = iovec { iov_base: to.as_mut_ptr().cast(), iov_len: to.len() };
    let remote = iovec { iov_base: from.cast_mut(), iov_len: to.len() };
    if from.is_null() || to.is_empty() {
        return 0;
    }
    match transfer(libc::SYS_process_vm_readv, local, remote) {
        Some(moved) => moved,
        None => {
            // SAFETY: the caller's promise to libc; the system does not check it.
            unsafe { std::ptr::copy_nonoverlapping(from.cast(), to.as_mut_ptr(), to.len()) };
            to.len()
        }
    }
}

/// Copies as many of `from` to the address `to` as can be written there.
pub(crate) fn write(from: &[u8], to: *mut c_void) -> usize {
    let local = iovec { iov_base: from.as_ptr().cast_mut().cast(), iov_len: from.len() };
    let remote = iovec { iov_base: to, iov_len: from.len() };
    if to.is_null() || from.is_empty() {
        return 0;
    }
    match transfer(libc::SYS_process_vm_writev, local, remote) {
        Some(moved) => moved,
        None => {
            // SAFETY: the caller's promise to libc; the system does not check it.
            unsafe { std::ptr::copy_nonoverlapping(from.as_ptr(), to.cast(), from.len()) };
            from.len()
        }
    }
}

/// The bytes moved, 0 where there is no such memory; `None` where the system
/// does not let a process do this.
fn transfer(number: libc::c_long, local: iovec, remote: iovec) -> Option<usize> {
    let before = super::errno();
    // SAFETY: the local part is valid; the kernel checks the other.
    let moved = unsafe {
        let me = libc::getpid();
        kernel()(number, me, &raw const local, 1_usize, &raw const remote, 1_usize, 0_usize)
    };
    let error = super::errno();
    super::set_errno(before);
    match usize::try_from(moved) {
        Ok(moved) => Some(moved),
        Err(_) if error == libc::EFAULT => Some(0),
        Err(_) => None,
    }
}

/// The first `bytes` of a `T` at `from`, the rest of it zeros; none where they
/// cannot be read.
///
/// # Safety
///
/// A `T` is valid whatever its bytes are.
pub(crate) unsafe fn value<T>(from: *const c_void, bytes: usize) -> Option<T> {
    let mut value = MaybeUninit::<T>::zeroed();
    let bytes = bytes.min(size_of::<T>());
    // SAFETY: it has so many bytes, all of them zeros.
    let to = unsafe { std::slice::from_raw_parts_mut(value.as_mut_ptr().cast::<u8>(), bytes) };
    // SAFETY: the caller's promise.
    (read(from, to) == bytes).then(|| unsafe { value.assume_init() })
}
