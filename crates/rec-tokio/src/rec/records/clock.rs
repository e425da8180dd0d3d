//! The clock of the recorded process.
//!
//! Virtual: it stands still while anything runs, and jumps when everybody
//! waits, so that a run takes the same times every time. Or, on request, the
//! machine's.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use super::switch;
use crate::rec::sys;

/// What the monotonic clock shows at the start: late enough for a program to
/// subtract from an `Instant`.
pub(crate) const MONOTONIC_START: Duration = Duration::from_secs(1_000_000);

/// What the wall clock shows at the start: 2000-01-01 00:00 UTC.
pub(crate) const WALL_START: Duration = Duration::from_secs(946_684_800);

static VIRTUAL: AtomicBool = AtomicBool::new(false);
/// Nanoseconds since the start.
static NOW: AtomicU64 = AtomicU64::new(0);
/// The machine's clock at the start.
static REAL_START: AtomicU64 = AtomicU64::new(0);

/// How often the clock may be read with nothing else happening, before it
/// moves: a program that waits in a loop for a time to come would never end.
const PATIENCE: u64 = 10_000;
static READS: AtomicU64 = AtomicU64::new(0);

/// Chooses the clock.
pub(crate) fn start(is_virtual: bool) {
    REAL_START.store(sys::monotonic(), Relaxed);
    VIRTUAL.store(is_virtual, Relaxed);
}

/// Whether time moves only when everybody waits.
pub(crate) fn is_virtual() -> bool {
    VIRTUAL.load(Relaxed)
}

/// Whether the process is recorded, and its time moves only when everybody waits.
pub(crate) fn runs_virtually() -> bool {
    switch::on() && is_virtual()
}

/// Nanoseconds since the start, for a record.
pub(crate) fn now() -> u64 {
    READS.store(0, Relaxed);
    if is_virtual() { NOW.load(Relaxed) } else { sys::monotonic() - REAL_START.load(Relaxed) }
}

/// What the program reads off the virtual clock.
pub(crate) fn read() -> Duration {
    if READS.fetch_add(1, Relaxed) >= PATIENCE {
        NOW.fetch_add(1_000, Relaxed);
    }
    Duration::from_nanos(NOW.load(Relaxed))
}

/// The virtual clock in nanoseconds since the start.
pub(crate) fn peek() -> u64 {
    NOW.load(Relaxed)
}

/// Moves the virtual clock on, never back.
pub(crate) fn advance_to(time: u64) {
    NOW.fetch_max(time, Relaxed);
}
