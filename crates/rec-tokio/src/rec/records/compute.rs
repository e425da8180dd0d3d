//! How long the program computes, for which virtual time stands still.
//!
//! That changes nothing as long as nobody else would have done something
//! meanwhile. But beside a timer that runs, or a thread that could have run at
//! the same time, the order of events depends on how long a computation takes:
//! such a program has to be run on the machine's clock.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::rec::sys;
use crate::rec::sys::lock::SpinLock;

/// What counts as long, in ns of the processor's time.
const LONG: u64 = 50_000_000;

/// How often some thread has begun to run after a wait.
static TURN: AtomicU64 = AtomicU64::new(0);

/// The timers that run: when each was set, as turn and ns into it.
static TIMERS: SpinLock<BTreeMap<u64, (u64, u64)>> = SpinLock::new(BTreeMap::new());

thread_local! {
    /// The processor's time of this thread when its turn began.
    static START: Cell<u64> = const { Cell::new(0) };
    /// What the recorder itself has used of it since.
    static OWN: Cell<u64> = const { Cell::new(0) };
}

/// The calling thread begins to run.
pub(crate) fn begin() {
    TURN.fetch_add(1, Relaxed);
    let _ = START.try_with(|start| start.set(sys::thread_time()));
    let _ = OWN.try_with(|own| own.set(0));
}

/// What the program has used of this turn, in ns.
fn used() -> u64 {
    let start = START.try_with(Cell::get).unwrap_or(u64::MAX);
    let own = OWN.try_with(Cell::get).unwrap_or_default();
    sys::thread_time().saturating_sub(start).saturating_sub(own)
}

/// Calls `f`, work of the recorder's, which does not count.
pub(crate) fn own<T>(f: impl FnOnce() -> T) -> T {
    let begin = sys::thread_time();
    let result = f();
    let time = sys::thread_time().saturating_sub(begin);
    let _ = OWN.try_with(|own| own.set(own.get() + time));
    result
}

/// What a record costs, or a stack that was seen before, in ns: about, as it
/// would cost several times as much to measure each.
const RECORD: u64 = 100;

/// The recorder writes a record.
pub(crate) fn record() {
    let _ = OWN.try_with(|own| own.set(own.get() + RECORD));
}

/// The leaf `key` has a timer from now on.
pub(crate) fn set_timer(key: u64) {
    let now = (TURN.load(Relaxed), used());
    TIMERS.lock().insert(key, now);
}

/// The leaf `key` has no timer any more.
pub(crate) fn clear_timer(key: u64) {
    TIMERS.lock().remove(&key);
}

/// Whether the program has computed for long in this turn.
pub(crate) fn is_long() -> bool {
    used() > LONG
}

/// What counts as endless, in ns of the processor's time.
const ENDLESS: u64 = 300_000_000;

/// Whether the program has computed for as long since it was asked first, and no
/// thread has begun to run meanwhile. To be asked from time to time.
pub(crate) fn is_endless() -> bool {
    /// A turn, and the processor's time when it was seen first.
    static SEEN: SpinLock<(u64, u64)> = SpinLock::new((0, 0));
    let (turn, now) = (TURN.load(Relaxed), sys::process_time());
    let mut seen = SEEN.lock();
    if seen.0 != turn {
        *seen = (turn, now);
    }
    now - seen.1 >= ENDLESS
}

/// Whether it has while a timer was running.
pub(crate) fn is_long_beside_a_timer() -> bool {
    let (turn, used) = (TURN.load(Relaxed), used());
    used > LONG
        && TIMERS.lock().values().any(|(then, at)| *then < turn || used.saturating_sub(*at) > LONG)
}
