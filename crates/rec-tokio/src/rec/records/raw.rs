//! Writes the records, each whole before the next begins, so that a process
//! that is killed has said everything up to then.

use std::ffi::{CString, c_int};

use super::file::{self, File};
use super::say::{Flood, Record, Value};
use super::{clock, compute, switch, workers};
use crate::rec::sys::lock::SpinLock;
use crate::rec::sys::{self, inside};

static OUT: SpinLock<Option<Out>> = SpinLock::new(None);

/// Where the records go.
struct Out {
    file: File,
    /// How many more may come.
    left: u64,
    /// The time of the last, in ns.
    last: u64,
    /// The one that is being written.
    record: Vec<u8>,
}

/// Records go to the file at `path` from now on, `most` of them.
pub(crate) fn start(path: CString, most: u64) {
    match File::open(path) {
        Ok(file) => {
            *OUT.lock() = Some(Out { file, left: most, last: 0, record: Vec::with_capacity(256) });
            switch::set(true);
        }
        Err(error) => lost(error),
    }
}

/// Writes a record.
pub(crate) fn emit<R: Record>(record: R) {
    // A handler may have interrupted whoever writes one.
    if switch::on() && !inside::is_handler() {
        clock::follow();
        compute::record();
        // Times must not go back when several threads have something to say.
        if let Some(out) = &mut *OUT.lock() {
            out.begin(R::TAG, clock::now(), workers::current());
            record.fields(&mut out.record);
            out.append();
        }
    }
}

impl Out {
    fn begin(&mut self, tag: u8, now: u64, worker: Option<u32>) {
        self.record.clear();
        tag.put(&mut self.record);
        now.saturating_sub(self.last).put(&mut self.record);
        worker.put(&mut self.record);
        self.last = self.last.max(now);
    }

    fn append(&mut self) {
        if let Err(error) = self.file.append(&self.record) {
            lost(error);
        }
        self.left -= 1;
        if self.left == 0 {
            switch::set(false);
            self.begin(Flood::TAG, self.last, None);
            if let Err(error) = self.file.append(&self.record) {
                lost(error);
            }
            sys::exit(0);
        }
    }
}

/// Ends the process, of which a record is lost: without its last record, by
/// which the parent knows.
fn lost(error: c_int) -> ! {
    switch::set(false);
    let error = std::io::Error::from_raw_os_error(error);
    file::say(&format!("the recorder cannot write to its file: {error}\n"));
    sys::exit(1)
}

/// Says that a handler of a signal ends the process with `status`. No lock is
/// taken and nothing allocated.
pub(crate) fn exits_in_handler(status: c_int) {
    if switch::on() {
        file::exits_in_handler(status);
    }
}
