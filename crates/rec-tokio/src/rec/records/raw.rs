//! The records: one JSON object a line, one `write` a record, so that a
//! process that is killed has said everything up to then.
//!
//! Each has `t`, the clock in nanoseconds, and `e`, what happened; with several
//! workers also `w`, the thread that it happened on. Places in
//! the program are numbers of call stacks (`s`, see [`super::stack`]) or, for
//! a spawn, `line` and `col` of the call.

use std::fmt::{self, Write as _};
use std::panic::Location;
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering::Relaxed};

use super::{clock, compute, switch, workers};
use crate::rec::sys;
use crate::rec::sys::lock::SpinLock;

/// Names the file that the records are appended to.
pub(crate) const FILE: &std::ffi::CStr = c"CONTEXT_SWITCH_EVENTS";
/// The number of workers that every runtime is to have, on the machine's clock.
pub(crate) const WORKERS: &std::ffi::CStr = c"CONTEXT_SWITCH_WORKERS";
/// Set when the program is to run on the machine's clock.
pub(crate) const REAL_TIME: &std::ffi::CStr = c"CONTEXT_SWITCH_REAL_TIME";
/// The number of records after which the program is stopped.
pub(crate) const MOST: &std::ffi::CStr = c"CONTEXT_SWITCH_MOST_EVENTS";

static FD: AtomicI32 = AtomicI32::new(-1);
static TURN: SpinLock<()> = SpinLock::new(());
static LEFT: AtomicU64 = AtomicU64::new(u64::MAX);

/// Records go to `fd` from now on, `most` of them.
pub(crate) fn start(fd: i32, most: u64) {
    FD.store(fd, Relaxed);
    LEFT.store(most, Relaxed);
    switch::set(true);
}

/// Writes the record `{"t":…,"e":"WHAT"FIELDS}`; each field begins with its comma.
pub(crate) fn record(what: &str, fields: fmt::Arguments<'_>) {
    if switch::on() {
        compute::own(|| write(what, fields));
    }
}

fn write(what: &str, fields: fmt::Arguments<'_>) {
    // Times must not go back when several threads have something to say.
    let _in_turn = TURN.lock();
    let mut line = String::with_capacity(96);
    let worker = Field("w", workers::current());
    // Writing to a String cannot fail.
    let _ = writeln!(line, "{{\"t\":{},\"e\":\"{what}\"{fields}{worker}}}", clock::now());
    sys::write_all(FD.load(Relaxed), line.as_bytes());
    if LEFT.fetch_sub(1, Relaxed) == 1 {
        switch::set(false);
        sys::write_all(FD.load(Relaxed), b"{\"t\":0,\"e\":\"flood\"}\n");
        sys::exit(0);
    }
}

/// Writes a record; the fields follow as in `format!`.
macro_rules! emit {
    ($what:literal) => {
        $crate::rec::records::raw::record($what, ::std::format_args!(""))
    };
    ($what:literal, $($field:tt)+) => {
        $crate::rec::records::raw::record($what, ::std::format_args!($($field)+))
    };
}
pub(crate) use emit;

/// A text as a JSON string.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                c if (c as u32) < 0x20 => write!(f, "\\u{:04x}", c as u32)?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}

/// A field that is left out when there is nothing to say.
pub(crate) struct Field<T>(pub(crate) &'static str, pub(crate) Option<T>);

impl<T: fmt::Display> fmt::Display for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.1 {
            Some(value) => write!(f, ",\"{}\":{value}", self.0),
            None => Ok(()),
        }
    }
}

/// The fields that say where a call stands.
pub(crate) struct At(pub(crate) &'static Location<'static>);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let At(at) = self;
        write!(f, ",\"file\":{},\"line\":{},\"col\":{}", Quoted(at.file()), at.line(), at.column())
    }
}
