//! The file of the stand-in's records.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};

use super::cbor::Input;
use super::raw::{Raw, RawWhat, Tag};
use crate::wire;
use crate::written::Written;

/// The records in a file, read one by one.
pub(super) struct Records {
    input: Input,
    /// The time of the last, in ns.
    t: u64,
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
        let mut file = File::open(path).context("cannot read the records")?;
        let Written { end, exits, .. } =
            Written::read(&mut file).context("cannot read the records")?;
        let input = Input::of(file, end.saturating_sub(wire::HEAD as u64));
        Ok(Records { input, t: 0, exits })
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
