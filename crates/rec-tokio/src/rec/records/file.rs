//! The file of the records, and the descriptor that it is written through.
//!
//! The program may close any descriptor, as a daemon closes all, and open others
//! that get the same numbers. So this one is high, where few look, and before
//! each write it is looked at whether it still leads to the file; if not, the
//! file is opened anew.

use std::ffi::{CString, c_int};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};

use crate::rec::sys;

static PATH: OnceLock<CString> = OnceLock::new();
static FD: AtomicI32 = AtomicI32::new(-1);
static FILE: sys::File = sys::File::none();
/// What stderr is at the start.
static STDERR: sys::File = sys::File::none();

/// Opens the file that is there at `path`.
///
/// # Errors
///
/// The number of the system's error.
pub(crate) fn open(path: CString) -> Result<(), c_int> {
    STDERR.remember(2);
    let path = PATH.get_or_init(|| path);
    let fd = sys::open_to_append(path)?;
    FILE.remember(fd);
    FD.store(fd, Relaxed);
    Ok(())
}

/// Appends `bytes`, all of them. Neither allocates nor locks.
///
/// # Errors
///
/// The number of the system's error, when not all could be written.
pub(crate) fn append(bytes: &[u8]) -> Result<(), c_int> {
    let mut fd = FD.load(Relaxed);
    if !FILE.is_at(fd) {
        fd = sys::open_to_append(PATH.get().ok_or(libc::EBADF)?)?;
        if !FILE.is_at(fd) {
            return Err(libc::ESTALE);
        }
        FD.store(fd, Relaxed);
    }
    sys::write_all(fd, bytes)
}

/// Says `text` on stderr, if that is still what it was.
pub(crate) fn say(text: &str) {
    if STDERR.is_at(2) {
        // There is nobody else to tell.
        let _ = sys::write_all(2, text.as_bytes());
    }
}
