//! The file of the records, a part of which is mapped into memory: so what was
//! written is there whatever becomes of the process, and no call of the system
//! is needed for it.
//!
//! Memory that is written to with no room for it on the disk ends the process by
//! a signal. So the room for each part is asked for before it is mapped, and
//! where there is none that is an error.
//!
//! The program may close any descriptor, as a daemon closes all, and open others
//! that get the same numbers. So this one is high, where few look, and before
//! each part is mapped it is looked at whether it still leads to the file; if
//! not, the file is opened anew.

use std::ffi::{CString, c_int};
use std::sync::OnceLock;
use std::sync::atomic::Ordering::{Relaxed, Release};

use crate::rec::sys;
use crate::rec::sys::mapping::{self, Mapping};
use crate::wire;

/// What stderr is at the start.
static STDERR: sys::File = sys::File::none();

/// The first part, with the file's head: it stays for as long as the process.
static FIRST: OnceLock<Mapping> = OnceLock::new();

/// The first part is so long, and each at least: a page of any machine.
const LEAST: usize = 1 << 16;
/// The largest.
const MOST: usize = 1 << 20;

/// The file, and where the next record goes.
pub(crate) struct File {
    path: CString,
    fd: c_int,
    is: sys::File,
    first: &'static Mapping,
    /// Another part, if that is the one that is written to.
    later: Option<Mapping>,
    /// Where in the file the part begins.
    begin: u64,
    /// How much of it is used.
    used: usize,
}

impl File {
    /// Opens the file that is there at `path`.
    ///
    /// # Errors
    ///
    /// The number of the system's error.
    pub(crate) fn open(path: CString) -> Result<Self, c_int> {
        STDERR.remember(2);
        let fd = sys::open(&path)?;
        let is = sys::File::none();
        is.remember(fd);
        mapping::allocate(fd, 0, LEAST)?;
        let first = Mapping::of(fd, 0, LEAST)?;
        let first = FIRST.get_or_init(|| first);
        first.number(wire::END).store(wire::HEAD as u64, Release);
        Ok(File { path, fd, is, first, later: None, begin: 0, used: wire::HEAD })
    }

    /// Appends `record`, all of it.
    ///
    /// # Errors
    ///
    /// The number of the system's error, when there is no room for all of it.
    pub(crate) fn append(&mut self, record: &[u8]) -> Result<(), c_int> {
        let mut rest = record;
        loop {
            let part = self.later.as_ref().unwrap_or(self.first);
            let (now, more) = rest.split_at(rest.len().min(part.bytes() - self.used));
            part.write(self.used, now);
            self.used += now.len();
            if more.is_empty() {
                break;
            }
            rest = more;
            self.next()?;
        }
        self.first.number(wire::WRITTEN).store(sys::coarse(), Relaxed);
        self.first.number(wire::END).store(self.begin + self.used as u64, Release);
        Ok(())
    }

    /// Goes on to the next part.
    fn next(&mut self) -> Result<(), c_int> {
        let part = self.later.as_ref().unwrap_or(self.first);
        let begin = self.begin + part.bytes() as u64;
        if !self.is.is_at(self.fd) {
            self.fd = sys::open(&self.path)?;
            if !self.is.is_at(self.fd) {
                return Err(libc::ESTALE);
            }
        }
        let mut bytes = (part.bytes() * 2).min(MOST);
        if mapping::allocate(self.fd, begin, bytes).is_err() {
            bytes = LEAST;
            mapping::allocate(self.fd, begin, bytes)?;
        }
        self.later = Some(Mapping::of(self.fd, begin, bytes)?);
        (self.begin, self.used) = (begin, 0);
        Ok(())
    }
}

/// Says that a handler of a signal ends the process with `status`. Neither
/// allocates nor locks.
pub(crate) fn exits_in_handler(status: c_int) {
    if let Some(first) = FIRST.get() {
        let status = u64::from(status.cast_unsigned());
        first.number(wire::HANDLER_EXITS).store(status + 1, Release);
    }
}

/// Says `text` on stderr, if that is still what it was.
pub(crate) fn say(text: &str) {
    if STDERR.is_at(2) {
        // There is nobody else to tell.
        let _ = sys::write_all(2, text.as_bytes());
    }
}
