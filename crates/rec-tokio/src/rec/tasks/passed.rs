//! Branches of a `select!` that are not looked at, as another one is ready before
//! it each time.
//!
//! What they wait for may have come long ago: how long is known of what says, as
//! it is asked, since when it was [ready](ready_for).

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::task::Poll;

use super::current;
use crate::rec::records::raw::emit;
use crate::rec::records::say::Passed;
use crate::rec::records::{clock, stack, switch};
use crate::rec::sys::lock::SpinLock;

/// Who was passed over less often may have had a bad moment.
const TIMES: u64 = 10;

/// Of more branches at a time nothing is known.
const MOST: usize = 256;

/// How often in a row a branch was passed over, and since when.
type Times = (u64, u64);

/// The branches of each task that were.
static PASSED: SpinLock<BTreeMap<(u32, Arc<str>), Times>> = SpinLock::new(BTreeMap::new());

thread_local! {
    /// For how many ns the leaf that was polled last had been ready.
    static READY: Cell<Option<u64>> = const { Cell::new(None) };
}

/// The leaf that is polled has been ready for so many ns.
pub(crate) fn ready_for(ns: u64) {
    READY.set(Some(ns));
}

/// The branch `name` of the task that has the thread is dropped, and nobody has
/// looked at it.
pub(crate) fn over(name: &Arc<str>) {
    let Some(task) = current::task().filter(|_| switch::on()) else { return };
    let mut passed = PASSED.lock();
    let key = (task, Arc::clone(name));
    if passed.len() < MOST || passed.contains_key(&key) {
        passed.entry(key).or_insert((0, clock::now())).0 += 1;
    }
}

/// Calls `poll`, which looks at the branch `name`.
pub(crate) fn looks<T>(name: &Arc<str>, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
    let Some(task) = current::task() else { return poll() };
    let passed = PASSED.lock().remove(&(task, Arc::clone(name)));
    let Some((_, since)) = passed.filter(|(times, _)| *times >= TIMES) else { return poll() };
    READY.set(None);
    let result = poll();
    if let (Poll::Ready(_), Some(ready)) = (&result, READY.take()) {
        let late = ready.min(clock::now().saturating_sub(since));
        if u128::from(late) >= clock::felt().as_nanos() {
            emit(Passed { k: task, branch: &**name, late, s: stack::here() });
        }
    }
    result
}
