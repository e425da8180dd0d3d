//! The threads of a runtime with several workers, on request, on the machine's
//! clock: which of them something happens on.
//!
//! On virtual time there are none: every runtime has one thread. But a program
//! may have several runtimes, each on a thread of its own: the first of these
//! threads has no number, the others are numbered from 1.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};

use super::switch;
use crate::rec::sys;
use crate::rec::sys::lock::SpinLock;

/// How many workers were asked for; 0 is one thread for everything.
static ASKED: AtomicUsize = AtomicUsize::new(0);

/// Every runtime is of the kind, and has as many workers, as the program says.
static AS_WRITTEN: AtomicBool = AtomicBool::new(false);

/// The numbers that threads have.
static TAKEN: SpinLock<BTreeSet<u32>> = SpinLock::new(BTreeSet::new());

/// The number of the thread that blocks on the root future.
const MAIN: u32 = 0;

/// A thread's number, free again when the thread ends.
struct Number(Cell<Option<u32>>);

impl Drop for Number {
    fn drop(&mut self) {
        if let Some(number) = self.0.get() {
            TAKEN.lock().remove(&number);
        }
    }
}

thread_local! {
    static NUMBER: Number = const { Number(Cell::new(None)) };
}

/// Every runtime has so many workers from now on; if `as_written`, only those of
/// several threads for which the program says no number.
pub(crate) fn start(workers: usize, as_written: bool) {
    ASKED.store(workers, Relaxed);
    AS_WRITTEN.store(as_written, Relaxed);
}

/// Whether every runtime is of the kind, and has as many workers, as the program
/// says.
pub(crate) fn are_as_written() -> bool {
    AS_WRITTEN.load(Relaxed)
}

/// How many workers a runtime is to have, if that was asked for.
pub(crate) fn asked() -> Option<usize> {
    Some(ASKED.load(Relaxed)).filter(|workers| *workers > 0)
}

/// Whether the program's runtimes have one thread each, whatever it asks for.
pub(crate) fn is_one_thread() -> bool {
    switch::on() && asked().is_none()
}

/// The calling thread runs a runtime.
pub(crate) fn blocks_on() {
    /// The first thread that did.
    static FIRST: AtomicU64 = AtomicU64::new(0);
    if !is_one_thread() || switch::is_ordered() {
        return;
    }
    let me = sys::thread_id();
    let first = FIRST.compare_exchange(0, me, Relaxed, Relaxed).unwrap_or_else(|first| first);
    if first == 0 || first == me {
        return;
    }
    let _ = NUMBER.try_with(|number| {
        if number.0.get().is_none() {
            number.0.set(take(1));
        }
    });
}

/// Where orders are chosen, the thread of a poll: the first has no number, one
/// that is free for another poll while that goes on is 1, and so on.
pub(crate) struct Slot(Option<u32>);

impl Slot {
    /// One for a poll that begins on the calling thread, outside any other.
    pub(crate) fn take() -> Self {
        let slot = take(0);
        let _ = NUMBER.try_with(|number| number.0.set(slot.filter(|slot| *slot > 0)));
        Slot(slot)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        if let Some(slot) = self.0 {
            TAKEN.lock().remove(&slot);
            let _ = NUMBER.try_with(|number| number.0.set(None));
        }
    }
}

/// The number of the calling thread: 0 for the process's first, from 1 for
/// tokio's workers; none for others. Where nobody asked for workers, see
/// [`blocks_on`].
pub(crate) fn current() -> Option<u32> {
    NUMBER
        .try_with(|number| {
            if number.0.get().is_none() && asked().is_some() {
                number.0.set(find());
            }
            number.0.get()
        })
        .ok()
        .flatten()
}

/// tokio's own number, or the next that is free: a worker in
/// `block_in_place` goes on on another thread.
fn find() -> Option<u32> {
    if sys::is_main_thread() {
        return Some(MAIN);
    }
    take(u32::try_from(index()?).ok()? + 1)
}

/// The worker's number, as tokio has it.
#[cfg(not(before = "1.51"))]
fn index() -> Option<usize> {
    ::real::runtime::worker_index()
}

/// The same, of a tokio that does not tell: as good as any.
#[cfg(before = "1.51")]
fn index() -> Option<usize> {
    POLLS.try_with(Cell::get).unwrap_or(false).then_some(0)
}

#[cfg(before = "1.51")]
thread_local! {
    static POLLS: Cell<bool> = const { Cell::new(false) };
}

/// The calling thread polls a task that was spawned.
pub(crate) fn polls() {
    #[cfg(before = "1.51")]
    let _ = POLLS.try_with(|polls| polls.set(true));
}

/// The first number that is free, at least `least`.
fn take(least: u32) -> Option<u32> {
    let mut taken = TAKEN.lock();
    let number = (least..).find(|number| !taken.contains(number))?;
    taken.insert(number);
    Some(number)
}
