//! How far a process has come that is recorded: its file, which is mapped into its
//! memory, says it in its head. The file's own length and time do not.

use std::fs::File;
use std::io::{ErrorKind, Read, Result};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use crate::process::{Limits, Stdin};
use crate::program::Options;
use crate::wire;

/// What is kept of the output that is not recorded, in bytes.
const MOST_OUTPUT: usize = 64 << 10;

/// The limits of a run whose records go to a `file` of so many bytes at most; `come`
/// says how far that is.
pub(crate) fn limits<'a>(
    options: &Options,
    file: (&'a Path, u64),
    come: &'a dyn Fn() -> u64,
    stdin: Stdin,
) -> Limits<'a> {
    Limits {
        timeout: options.timeout,
        computes: options.computes(),
        progress: options.counts_progress().then_some(come),
        file: Some(file),
        output: MOST_OUTPUT,
        stdin,
    }
}

/// The head of a file of records, as `wire` has it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Written {
    /// Up to which byte there are records.
    pub end: u64,
    /// When the last was written, since 1970; nothing if none was.
    at: Duration,
    /// The status with which a handler of a signal has ended the process.
    pub exits: Option<i32>,
}

impl Written {
    /// Reads the head of `file`; of one that is not begun it is empty.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn read(file: &mut File) -> Result<Self> {
        let mut head = [0; wire::HEAD];
        match file.read_exact(&mut head) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(Written::default()),
            read => read?,
        }
        let number =
            |at: usize| u64::from_ne_bytes(head[at..at + 8].try_into().expect("they are 8 bytes"));
        let exits = number(wire::HANDLER_EXITS).checked_sub(1);
        Ok(Written {
            end: number(wire::END),
            at: Duration::from_nanos(number(wire::WRITTEN)),
            exits: exits.map(|status| (status as u32).cast_signed()),
        })
    }

    /// The same of the file at `path`; empty where it cannot be read.
    pub fn at(path: &Path) -> Self {
        File::open(path).and_then(|mut file| Written::read(&mut file)).unwrap_or_default()
    }

    /// How long ago the last record was written, if any was.
    pub fn silent(&self) -> Duration {
        if self.at.is_zero() {
            return Duration::ZERO;
        }
        (UNIX_EPOCH + self.at).elapsed().unwrap_or_default()
    }
}
