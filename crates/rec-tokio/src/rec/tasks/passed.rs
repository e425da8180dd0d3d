//! Branches of a `select!` that are not looked at, as another one is ready before
//! it each time.
//!
//! What they wait for may have come long ago: how long is known of what says, as
//! it is asked, since when it was [ready](ready_for). Whoever works off first what
//! was there by then means to: only those are counted that [came](Arrivals) later.

use std::cell::Cell;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::task::Poll;

use super::current;
use crate::rec::records::raw::emit;
use crate::rec::records::say::Passed;
use crate::rec::records::{clock, stack, switch};
use crate::rec::sys::lock::SpinLock;

/// Who was passed over less often may have had a bad moment.
const TIMES: usize = 10;

/// Of more branches at a time nothing is known.
const MOST: usize = 256;

/// A branch that was passed over a few times in a row.
struct Times {
    /// When it was for the first time.
    since: u64,
    /// When the last of those came that were ready before it, the first of them first.
    came: [Option<u64>; TIMES],
}

/// The branches of each task that were.
static PASSED: SpinLock<BTreeMap<(u32, Arc<str>), Times>> = SpinLock::new(BTreeMap::new());

thread_local! {
    /// For how many ns the leaf that was polled last had been ready.
    static READY: Cell<Option<u64>> = const { Cell::new(None) };
    /// When what it has got was not there yet, in ns.
    static CAME: Cell<Option<u64>> = const { Cell::new(None) };
}

/// The leaf that is polled has been ready for so many ns.
pub(crate) fn ready_for(ns: u64) {
    READY.set(Some(ns));
}

/// When the messages of a channel came, as its receiver sees it: of how many were
/// sent it knows whenever it takes some.
#[derive(Debug, Default)]
pub(crate) struct Arrivals {
    /// So many were taken.
    taken: usize,
    /// So many had been sent at that time, of those that are not taken yet, and of the
    /// last that is.
    sent: VecDeque<(usize, u64)>,
}

impl Arrivals {
    /// `n` are taken, of those that are there, but for these that are `left`.
    pub(crate) fn takes(&mut self, n: usize, left: usize) {
        if !switch::on() || n == 0 {
            return;
        }
        self.taken += n;
        while self.sent.get(1).is_some_and(|(sent, _)| *sent < self.taken) {
            self.sent.pop_front();
        }
        let before = self.sent.front().filter(|(sent, _)| *sent < self.taken);
        CAME.set(Some(before.map_or(0, |(_, at)| *at)));
        let new = (self.taken + left, clock::now());
        match self.sent.back_mut() {
            Some(last) if last.0 == new.0 => *last = new,
            _ => self.sent.push_back(new),
        }
    }
}

/// The branch `name` of the task that has the thread is dropped, and nobody has
/// looked at it.
pub(crate) fn over(name: &Arc<str>) {
    let Some(task) = current::task().filter(|_| switch::on()) else { return };
    let mut passed = PASSED.lock();
    let key = (task, Arc::clone(name));
    if passed.len() < MOST || passed.contains_key(&key) {
        let now = clock::now();
        let times = passed.entry(key).or_insert(Times { since: now, came: [None; TIMES] });
        times.came[0] = times.came[0].max(Some(CAME.get().unwrap_or(now)));
        times.came.sort_unstable();
    }
}

/// Calls `poll`, which looks at the branch `name`.
pub(crate) fn looks<T>(name: &Arc<str>, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
    CAME.set(None);
    let Some(task) = current::task() else { return poll() };
    let passed = PASSED.lock().remove(&(task, Arc::clone(name)));
    let Some(Times { since, came: [Some(came), ..] }) = passed else { return poll() };
    READY.set(None);
    let result = poll();
    if let (Poll::Ready(_), Some(ready)) = (&result, READY.take()) {
        let now = clock::now();
        let late = ready.min(now.saturating_sub(since));
        let is_after = came >= now.saturating_sub(ready);
        if is_after && u128::from(late) >= clock::felt().as_nanos() {
            emit(Passed { k: task, branch: &**name, late, s: stack::here() });
        }
    }
    result
}
