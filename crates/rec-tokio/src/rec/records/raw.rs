//! Writes the records, one `write` each, so that a process that is killed has
//! said everything up to then.

use std::ffi::{CString, c_int};
use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::say::{Exits, Flood, Record, Value};
use super::{clock, compute, file, switch, workers};
use crate::rec::sys::lock::SpinLock;
use crate::rec::sys::{self, inside};

static TURN: SpinLock<()> = SpinLock::new(());
static LEFT: AtomicU64 = AtomicU64::new(u64::MAX);

/// Records go to the file at `path` from now on, `most` of them.
pub(crate) fn start(path: CString, most: u64) {
    LEFT.store(most, Relaxed);
    match file::open(path) {
        Ok(()) => switch::set(true),
        Err(error) => lost(error),
    }
}

/// Writes a record: `{"t":…,"e":"TAG",FIELDS}`.
pub(crate) fn emit<R: Record>(record: R) {
    // A handler may have interrupted whoever writes one.
    if switch::on() && !inside::is_handler() {
        clock::follow();
        compute::own(|| write(&record));
    }
}

fn write<R: Record>(record: &R) {
    // Times must not go back when several threads have something to say.
    let _in_turn = TURN.lock();
    let mut line = String::with_capacity(96);
    // Writing to a String cannot fail.
    let _ = write!(line, "{{\"t\":{},\"e\":\"{}\"", clock::now(), R::TAG);
    record.fields(&mut line);
    workers::current().field("w", &mut line);
    line.push_str("}\n");
    append(line.as_bytes());
    if LEFT.fetch_sub(1, Relaxed) == 1 {
        switch::set(false);
        append(format!("{{\"t\":0,\"e\":\"{}\"}}\n", Flood::TAG).as_bytes());
        sys::exit(0);
    }
}

fn append(line: &[u8]) {
    if let Err(error) = file::append(line) {
        lost(error);
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

/// Records that a handler of a signal ends the process with `status`.
pub(crate) fn exits_in_handler(status: c_int) {
    if !switch::on() {
        return;
    }
    // No lock is taken and nothing allocated: the text is made on the stack.
    let mut line = Line { bytes: [0; 96], used: 0 };
    let now = clock::peek();
    let tag = Exits::<u32, i32, u32, u32>::TAG;
    let said = writeln!(line, "{{\"t\":{now},\"e\":\"{tag}\",\"status\":{status},\"s\":0}}");
    if said.is_ok() {
        // Without it the run is not taken for whole, and that is right.
        let _ = file::append(&line.bytes[..line.used]);
    }
}

/// A short text without an allocation.
struct Line {
    bytes: [u8; 96],
    used: usize,
}

impl fmt::Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = self.bytes.get_mut(self.used..self.used + text.len()).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.used += text.len();
        Ok(())
    }
}
