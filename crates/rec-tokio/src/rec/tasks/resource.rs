//! What tasks wait for that has a name in the program: a lock, a channel.
//!
//! It is known from where it was made, and recorded when it is mentioned first.

use std::panic::Location;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use super::holders::{Asker, Has, Holders};
use super::keys;
use crate::rec::records::raw::emit;
use crate::rec::records::say::{self, Value, list};
use crate::rec::records::{clock, switch, workers};
use crate::rec::sys::lock::SpinLock;

/// Of more holders than that nothing is said: they could not all be told.
const MOST: usize = 64;

/// That a guard is dropped at once is told so often.
const UNKEPT: u32 = 2;

/// And never more of what somebody has kept.
const KEPT: u32 = u32::MAX;

/// A lock, a channel or the like.
pub(crate) struct Resource {
    kind: &'static str,
    at: Option<&'static Location<'static>>,
    /// 0 until it is mentioned.
    number: AtomicU32,
    holders: SpinLock<Holders>,
    /// Of a `Notify`: how many futures wait or are going to.
    pub(crate) waiters: AtomicUsize,
    /// Of a `Notify`: whether it is told that nobody got one.
    pub(crate) is_missed: AtomicBool,
    /// Of a broadcast channel: the stack of what was sent last; 0 for nothing.
    pub(crate) sent: AtomicU32,
    /// When something was sent through it last, in ns of the records, as far as it
    /// is told.
    told: AtomicU64,
    /// How often it was told that a guard was dropped at once, or [`KEPT`].
    unkept: AtomicU32,
    /// What it is called there; 0 for nothing.
    named: AtomicU32,
}

impl Resource {
    /// One that nobody has, but many may use.
    pub(crate) fn new(kind: &'static str, at: &'static Location<'static>) -> Arc<Self> {
        Arc::new(Resource::of(kind, Some(at), 0))
    }

    const fn of(
        kind: &'static str,
        at: Option<&'static Location<'static>>,
        permits: u64,
    ) -> Resource {
        let holders = SpinLock::new(Holders::new(permits));
        let (number, waiters, sent) = (AtomicU32::new(0), AtomicUsize::new(0), AtomicU32::new(0));
        let (is_missed, told) = (AtomicBool::new(false), AtomicU64::new(u64::MAX));
        let (unkept, named) = (AtomicU32::new(0), AtomicU32::new(0));
        Resource { kind, at, number, holders, waiters, is_missed, sent, told, unkept, named }
    }

    /// Its number, for somebody who mentions it.
    pub(crate) fn number(&self) -> u32 {
        static NEXT: SpinLock<u32> = SpinLock::new(0);
        let number = self.number.load(Relaxed);
        if number > 0 {
            return number;
        }
        let mut next = NEXT.lock();
        if self.number.load(Relaxed) == 0 {
            *next += 1;
            let (file, line) = (self.at.map(|at| at.file()), self.at.map(|at| at.line()));
            let col = self.at.map(|at| at.column());
            emit(say::Resource { r: *next, kind: self.kind, file, line, col });
            self.number.store(*next, Relaxed);
        }
        self.number.load(Relaxed)
    }

    /// Something is sent through it.
    pub(crate) fn tells(&self) {
        if switch::on() {
            self.told.store(clock::now(), Relaxed);
        }
    }

    /// Something that was sent through it is got, not before the last was sent: for
    /// how many ns it was there.
    pub(crate) fn told_for(&self) -> Option<u64> {
        let told = Some(self.told.load(Relaxed)).filter(|told| *told < u64::MAX);
        told.map(|told| clock::now().saturating_sub(told))
    }

    /// Its number, if it has been mentioned.
    pub(crate) fn mentioned(&self) -> Option<u32> {
        Some(self.number.load(Relaxed)).filter(|number| *number > 0)
    }

    /// Calls `f` with its holders, if anybody is told of them.
    pub(crate) fn holders<T>(&self, f: impl FnOnce(&mut Holders) -> T) -> Option<T> {
        switch::on().then(|| f(&mut self.holders.lock()))
    }

    /// The guard of the holder `number` is dropped: that it was in the statement that
    /// took it may be said as long as all are dropped in the poll that took them, and
    /// twice of each thing. Whether it was, the program's text tells.
    fn unkept(&self, number: u64) {
        let turn = keys::turn();
        let taker = self.holders(|holders| (holders.taker(number), holders.are_kept(turn)));
        let Some((Some(by), are_kept)) = taker else { return };
        if are_kept {
            self.is_kept();
        } else if self.kind != "cell" && by.id.is_some() && by.stack > 0 {
            let told = self.unkept.load(Relaxed);
            if told < UNKEPT {
                self.unkept.store(told + 1, Relaxed);
                self.says("unkept", by.id, by.stack);
            }
        }
    }

    /// Something of it is kept.
    fn is_kept(&self) {
        let told = self.unkept.swap(KEPT, Relaxed);
        if (1..=UNKEPT).contains(&told) {
            self.says("kept", None, 0);
        }
    }

    /// Says what becomes of its guards, without mentioning it: by a number of its own.
    fn says(&self, what: &'static str, k: Option<u32>, s: u32) {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        if self.named.load(Relaxed) == 0 {
            self.named.store(NEXT.fetch_add(1, Relaxed) + 1, Relaxed);
        }
        let (n, of) = (Some(u64::from(self.named.load(Relaxed))), Some(self.kind));
        let (r, call, again) = (None::<u32>, None::<&str>, None::<u32>);
        emit(say::Lost { k, what, r, n, s, of, call, again });
    }

    /// Calls `f`, which changes who has it: whoever stands in line is told.
    pub(crate) fn change<T>(self: &Arc<Self>, f: impl FnOnce(&mut Holders) -> T) -> Option<T> {
        let (result, is_wanted) = self.holders(|holders| (f(holders), holders.is_wanted()))?;
        if is_wanted && workers::is_one_thread() {
            emit(say::Hold { r: self.number(), held: Held(Arc::clone(self)) });
        }
        Some(result)
    }
}

/// A field for a resource, which is made when it is first asked for, as what
/// has the field may be a constant.
pub(crate) struct Made {
    kind: &'static str,
    at: Option<&'static Location<'static>>,
    permits: u64,
    resource: OnceLock<Arc<Resource>>,
}

impl Made {
    /// A thing of so many permits that was made by the caller's caller.
    #[track_caller]
    pub(crate) const fn here(kind: &'static str, permits: u64) -> Self {
        Made { kind, at: Some(Location::caller()), permits, resource: OnceLock::new() }
    }

    /// A constant, of which it is not known where it was made.
    pub(crate) const fn constant(kind: &'static str, permits: u64) -> Self {
        Made { kind, at: None, permits, resource: OnceLock::new() }
    }

    pub(crate) fn resource(&self) -> &Arc<Resource> {
        self.resource.get_or_init(|| Arc::new(Resource::of(self.kind, self.at, self.permits)))
    }
}

/// Who has a resource at the moment that this is written.
#[derive(Clone)]
pub(crate) struct Held(pub(crate) Arc<Resource>);

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Held")
    }
}

impl Value for Held {
    fn put(&self, to: &mut Vec<u8>) {
        let mut all = self.0.holders(|holders| holders.now()).unwrap_or_default();
        // On several threads nobody knows who was first in line.
        all.retain(|has| has.handed.is_none() || workers::is_one_thread());
        if all.len() > MOST {
            all.clear();
        }
        list(all.len(), to);
        for Has { by, handed, loose, forgotten } in &all {
            list(6, to);
            by.stack.put(to);
            by.id.put(to);
            handed.is_some().put(to);
            handed.is_some_and(|key| by.has_left(key)).put(to);
            // What is for ever can be borrowed by any task.
            (*loose || self.0.at.is_none()).put(to);
            forgotten.put(to);
        }
    }
}

/// What a guard has, as long as it lives.
#[derive(Debug)]
pub(crate) struct Hold(Option<(Arc<Resource>, u64)>);

impl std::fmt::Debug for Resource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind)
    }
}

impl Hold {
    /// `by`, which did not wait, has got `permits`.
    pub(crate) fn of(of: &Arc<Resource>, by: Asker, permits: u64) -> Self {
        let number = of.change(|holders| holders.takes(by, permits));
        Hold(number.map(|number| (Arc::clone(of), number)))
    }

    /// The leaf `key`, which stood in line and is polled `by` it, has got `permits`.
    pub(crate) fn of_line(of: &Arc<Resource>, key: u64, by: Asker, permits: u64) -> Self {
        let number = of.change(|holders| holders.comes(key, by, permits)).flatten();
        Hold(number.map(|number| (Arc::clone(of), number)))
    }

    /// Its guard can be moved to another task from now on.
    pub(crate) fn loosen(self) -> Self {
        if let Some((resource, number)) = &self.0 {
            resource.holders(|holders| holders.loosen(*number));
        }
        self
    }

    /// All but `left` of the permits are given back.
    pub(crate) fn keep(&self, left: u64) {
        if let Some((resource, number)) = &self.0 {
            resource.change(|holders| holders.keeps(*number, left));
        }
    }

    /// So many of the permits are another's from now on.
    pub(crate) fn split(&self, permits: u64) -> Hold {
        Hold(self.0.as_ref().and_then(|(resource, number)| {
            let new = resource.holders(|holders| holders.moves(*number, None, permits))?;
            Some((Arc::clone(resource), new))
        }))
    }

    /// All `permits` of `other` are this one's from now on.
    pub(crate) fn merge(&self, mut other: Hold, permits: u64) {
        if let (Some((resource, to)), Some((_, from))) = (&self.0, other.0.take()) {
            resource.holders(|holders| holders.moves(from, Some(*to), permits));
        }
    }

    /// The permits are gone for good.
    pub(crate) fn forget(mut self) {
        if let Some((resource, number)) = self.0.take() {
            resource.is_kept();
            resource.change(|holders| holders.gives_back(number, true));
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Some((resource, number)) = &self.0 {
            resource.unkept(*number);
            resource.change(|holders| holders.gives_back(*number, false));
        }
    }
}
