//! Writes the records, one `write` each, so that a process that is killed has
//! said everything up to then.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering::Relaxed};

use super::say::{Flood, Record, Value};
use super::{clock, compute, switch, workers};
use crate::rec::sys;
use crate::rec::sys::lock::SpinLock;

static FD: AtomicI32 = AtomicI32::new(-1);
static TURN: SpinLock<()> = SpinLock::new(());
static LEFT: AtomicU64 = AtomicU64::new(u64::MAX);

/// Records go to `fd` from now on, `most` of them.
pub(crate) fn start(fd: i32, most: u64) {
    FD.store(fd, Relaxed);
    LEFT.store(most, Relaxed);
    switch::set(true);
}

/// Writes a record: `{"t":…,"e":"TAG",FIELDS}`.
pub(crate) fn emit<R: Record>(record: R) {
    if switch::on() {
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
    sys::write_all(FD.load(Relaxed), line.as_bytes());
    if LEFT.fetch_sub(1, Relaxed) == 1 {
        switch::set(false);
        let flood = format!("{{\"t\":0,\"e\":\"{}\"}}\n", Flood::TAG);
        sys::write_all(FD.load(Relaxed), flood.as_bytes());
        sys::exit(0);
    }
}
