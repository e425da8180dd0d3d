//! The file of the stand-in's records.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context, Result};

use super::cbor::Input;
use super::raw::{Raw, RawWhat, Tag};
use crate::wire;

/// The records in a file, read one by one.
pub(super) struct Records {
    input: Input,
    bytes: u64,
    /// The time of the last, in ns.
    t: u64,
    /// When the last was written, since 1970.
    written: Duration,
    /// The status with which a handler of a signal has ended the process, if
    /// that has not been told.
    exits: Option<i32>,
}

impl Records {
    /// The records in the file at `path`: none if the process did not get so far.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn open(path: &Path) -> Result<Self> {
        let mut head = [0; wire::HEAD];
        let mut file = File::open(path).context("cannot read the records")?;
        match file.read_exact(&mut head) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => head = [0; wire::HEAD],
            read => read.context("cannot read the records")?,
        }
        let number = |at: usize| {
            let bytes = head[at..at + 8].try_into().expect("they are 8");
            u64::from_ne_bytes(bytes)
        };
        let bytes = number(wire::END).saturating_sub(wire::HEAD as u64);
        let exits = number(wire::HANDLER_EXITS).checked_sub(1);
        Ok(Records {
            input: Input::of(file, bytes),
            bytes,
            t: 0,
            written: Duration::from_nanos(number(wire::WRITTEN)),
            exits: exits.map(|status| (status as u32).cast_signed()),
        })
    }

    /// How long ago the last was written, if any was.
    pub fn silent(&self) -> Duration {
        if self.written.is_zero() {
            return Duration::ZERO;
        }
        (UNIX_EPOCH + self.written).elapsed().unwrap_or_default()
    }

    /// How many bytes of records there are.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next record that is `wanted`.
    ///
    /// # Errors
    ///
    /// When there is something else than a record.
    pub fn next(&mut self, wanted: fn(Tag) -> bool) -> Result<Option<Raw>> {
        let wrong = "not a record of the stand-in for tokio";
        let next = Raw::next(&mut self.input, &mut self.t, wanted).context(wrong)?;
        Ok(next.or_else(|| {
            let status = self.exits.take()?;
            let what = RawWhat::Exits { k: None, status, s: 0, thread: None };
            Some(Raw { t: self.t, w: None, what })
        }))
    }
}
