//! The clock of the recorded process.
//!
//! Virtual: it stands still while anything runs, and jumps when everybody
//! waits, so that a run takes the same times every time. Or, on request, the
//! machine's.
//!
//! The program's virtual clock is as the machine's would be: never on a tick of
//! tokio's timer wheel, which ticks each millisecond from the moment that its
//! runtime was built. So a timer fires in the next tick after it is due, one
//! that is due at once after the others' turn, and sleeps of 1 ms in a loop take
//! 2 ms each. In the records that lag is left out, where it is small beside what
//! was asked for: what sleeps for 1 s is recorded as over after 1 s, not 1.001.
//!
//! tokio's own paused clock, for the programs that ask for it, jumps by itself:
//! by as much the recorded time is [`ahead`](follow) of the program's.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use ::real::runtime::{Handle, Id};

use super::switch;
use crate::rec::sys;
use crate::rec::sys::lock::SpinLock;

/// What the monotonic clock shows at the start: late enough for a program to
/// subtract from an `Instant`.
pub(crate) const MONOTONIC_START: Duration = Duration::from_secs(1_000_000);

/// What the wall clock shows at the start: 2000-01-01 00:00 UTC.
pub(crate) const WALL_START: Duration = Duration::from_secs(946_684_800);

/// A tick of tokio's timer wheel, in ns.
const TICK: u64 = 1_000_000;

/// How far after a tick the program's clock stands: about what a machine takes
/// from a tick to the first poll.
const AFTER_TICK: u64 = 50_000;

static VIRTUAL: AtomicBool = AtomicBool::new(false);
/// The program's clock, in nanoseconds since the start.
static NOW: AtomicU64 = AtomicU64::new(0);
/// By how much less is recorded than the program's clock shows.
static LAG: AtomicU64 = AtomicU64::new(0);
/// By how much more, for what tokio's paused clocks have jumped.
static AHEAD: AtomicU64 = AtomicU64::new(0);
/// What the program's clock shows besides: nothing while a runtime is built.
static OFF_TICK: AtomicU64 = AtomicU64::new(AFTER_TICK);
/// The machine's clock at the start.
static REAL_START: AtomicU64 = AtomicU64::new(0);

/// The timers that run, by leaf: when each fires on the program's clock, and
/// in the records.
static TIMERS: SpinLock<BTreeMap<u64, (u64, u64)>> = SpinLock::new(BTreeMap::new());

/// Whether a runtime's clock has been paused.
static PAUSED: AtomicBool = AtomicBool::new(false);
/// By how much the clock of each runtime differs from std's, in ns.
static OFFSETS: SpinLock<BTreeMap<String, i128>> = SpinLock::new(BTreeMap::new());

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
    let now = if is_virtual() {
        NOW.load(Relaxed) - LAG.load(Relaxed)
    } else {
        sys::monotonic() - REAL_START.load(Relaxed)
    };
    now + AHEAD.load(Relaxed)
}

/// How late something is that is worth a word: on the machine's clock everything
/// takes a little.
pub(crate) fn felt() -> Duration {
    Duration::from_millis(if is_virtual() { 10 } else { 100 })
}

/// By how much less is recorded than the program's clock shows, in ns.
pub(crate) fn lag() -> u64 {
    LAG.load(Relaxed)
}

/// What the program reads off the virtual clock.
pub(crate) fn read() -> Duration {
    if READS.fetch_add(1, Relaxed) >= PATIENCE {
        NOW.fetch_add(1_000, Relaxed);
    }
    Duration::from_nanos(NOW.load(Relaxed) + OFF_TICK.load(Relaxed))
}

/// How long a timer takes that is set now for `time` ns, by the ticks.
pub(crate) fn by_ticks(time: u64) -> u64 {
    (time.saturating_add(AFTER_TICK) / TICK + 1).saturating_mul(TICK)
}

/// The virtual clock in nanoseconds since the start.
pub(crate) fn peek() -> u64 {
    NOW.load(Relaxed)
}

/// Calls `f`, which builds a runtime: whatever is read later is off its ticks.
pub(crate) fn on_tick<T>(f: impl FnOnce() -> T) -> T {
    OFF_TICK.store(0, Relaxed);
    let built = f();
    OFF_TICK.store(AFTER_TICK, Relaxed);
    built
}

/// The leaf `key` has a timer from now on, that is due in `left` ns; `recorded`
/// is the moment of the records at which it may have fired.
pub(crate) fn set_timer(key: u64, left: u64, recorded: u64) {
    if is_virtual() {
        TIMERS.lock().insert(key, (peek().saturating_add(by_ticks(left)), recorded));
    }
}

/// The leaf `key` has no timer any more.
pub(crate) fn clear_timer(key: u64) {
    TIMERS.lock().remove(&key);
}

/// Moves the virtual clock on to `time`, never back, and the recorded time to
/// the moment at which the timers are due that fire by then, or to `recorded`.
pub(crate) fn advance_to(time: u64, recorded: Option<u64>) {
    let now = peek();
    let time = time.max(now);
    let due = TIMERS.lock().extract_if(.., |_, (due, _)| *due <= time).map(|(_, (_, r))| r).max();
    let before = now - lag();
    let after = match recorded.max(due) {
        // A paused clock did not move.
        Some(moment) if !may_be_paused() => moment.clamp(before, time),
        _ => before + (time - now),
    };
    NOW.store(time, Relaxed);
    LAG.store(time - after, Relaxed);
}

/// A runtime's clock may be paused from now on.
pub(crate) fn pause() {
    PAUSED.store(true, Relaxed);
}

/// Whether a runtime's clock may be paused.
pub(crate) fn may_be_paused() -> bool {
    PAUSED.load(Relaxed)
}

/// Takes over what the clock of this thread's runtime has jumped, if that was
/// paused: tokio tells nobody.
pub(crate) fn follow() {
    if !may_be_paused() {
        return;
    }
    let Ok(handle) = Handle::try_current() else { return };
    let id: Id = handle.id();
    let shown = ::real::time::Instant::now().into_std();
    let std = std::time::Instant::now();
    let offset = match shown.checked_duration_since(std) {
        Some(ahead) => i128::try_from(ahead.as_nanos()),
        None => i128::try_from(std.duration_since(shown).as_nanos()).map(|behind| -behind),
    };
    let Ok(offset) = offset else { return };
    let mut offsets = OFFSETS.lock();
    let known = offsets.entry(id.to_string()).or_insert(0);
    let jumped = u64::try_from(offset - *known).unwrap_or(0);
    *known = offset;
    // std's clock was read last: on the machine's it has gone on meanwhile.
    if jumped >= TICK / 10 || is_virtual() {
        AHEAD.fetch_add(jumped, Relaxed);
    }
}
