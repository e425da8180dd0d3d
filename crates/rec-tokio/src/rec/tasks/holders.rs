//! Who has the permits of a lock, a semaphore or a cell, and who waits in line
//! for them.
//!
//! All of tokio's are semaphores of its own: a mutex has one permit, a lock
//! that many may read as many as readers, of which a writer takes all. What is
//! given back goes to the first in line, permit by permit; with its last one it
//! is woken, and the permits are its own before it has been polled again. See
//! tokio's `sync/batch_semaphore.rs`.

use std::collections::VecDeque;
use std::sync::Weak;

/// Of more that have forgotten permits the later are not kept.
const MOST_FORGOTTEN: usize = 64;

/// A task, as it is asked whether it still waits for the leaf `key`.
pub(crate) trait Awaits: Send + Sync {
    fn awaits(&self, key: u64) -> bool;
}

/// Who asks, and the stack of the call.
#[derive(Clone)]
pub(crate) struct Asker {
    /// None outside every task.
    pub(crate) task: Option<Weak<dyn Awaits>>,
    /// Its number.
    pub(crate) id: Option<u32>,
    pub(crate) stack: u32,
    /// Whose poll it is in, see `keys::turn`.
    pub(crate) turn: u64,
}

/// The permits of one thing.
pub(crate) struct Holders {
    free: u64,
    next: u64,
    holders: Vec<Holder>,
    line: VecDeque<Waiter>,
    /// Who has been given all that it asked for and has not come to take it.
    handed: Vec<Waiter>,
    /// Who had what was forgotten and has not been put back, the last in the end.
    forgotten: Vec<Holder>,
}

struct Holder {
    number: u64,
    by: Asker,
    permits: u64,
    /// Its guard may be another task's by now.
    loose: bool,
}

/// Somebody who has some of the permits.
pub(crate) struct Has {
    pub(crate) by: Asker,
    /// With its leaf, who has been handed them and has not come to take them.
    pub(crate) handed: Option<u64>,
    pub(crate) loose: bool,
    /// And has forgotten them.
    pub(crate) forgotten: bool,
}

struct Waiter {
    /// Its leaf.
    key: u64,
    by: Asker,
    permits: u64,
    /// As many of them are not there yet.
    missing: u64,
}

impl Holders {
    pub(crate) const fn new(permits: u64) -> Self {
        Holders {
            free: permits,
            next: 0,
            holders: Vec::new(),
            line: VecDeque::new(),
            handed: Vec::new(),
            forgotten: Vec::new(),
        }
    }

    /// Whether a call that asks for so many has to wait.
    pub(crate) fn would_wait(&self, permits: u64) -> bool {
        self.free < permits
    }

    /// The leaf `key` is pending: it stands in line from now on.
    pub(crate) fn waits(&mut self, key: u64, by: &Asker, permits: u64) {
        let mut known = self.line.iter_mut().chain(&mut self.handed);
        if let Some(waiter) = known.find(|waiter| waiter.key == key) {
            // A future may have been given to another task since.
            waiter.by = by.clone();
            return;
        }
        // What is left is not enough, and set aside for it.
        let missing = permits - self.free.min(permits);
        self.free -= permits - missing;
        self.line.push_back(Waiter { key, by: by.clone(), permits, missing });
    }

    /// `by`, which did not wait, has taken `permits`; gives the number of the
    /// holder.
    pub(crate) fn takes(&mut self, by: Asker, permits: u64) -> u64 {
        self.free = self.free.saturating_sub(permits);
        self.holds(by, permits)
    }

    /// `by` polls the leaf `key`, which stands in line and has taken `permits`;
    /// gives the number of the holder, unless the line is gone.
    pub(crate) fn comes(&mut self, key: u64, by: Asker, permits: u64) -> Option<u64> {
        let Waiter { by: Asker { stack, .. }, .. } = self.leaves(key)?;
        Some(self.holds(Asker { stack, ..by }, permits))
    }

    fn holds(&mut self, by: Asker, permits: u64) -> u64 {
        self.next += 1;
        self.holders.push(Holder { number: self.next, by, permits, loose: false });
        self.next
    }

    /// Takes the leaf `key` out of the line.
    fn leaves(&mut self, key: u64) -> Option<Waiter> {
        if let Some(at) = self.handed.iter().position(|waiter| waiter.key == key) {
            return Some(self.handed.swap_remove(at));
        }
        let at = self.line.iter().position(|waiter| waiter.key == key)?;
        self.line.remove(at)
    }

    /// The leaf `key` is dropped: what it had got goes to the next.
    pub(crate) fn gives_up(&mut self, key: u64) {
        if let Some(waiter) = self.leaves(key) {
            self.add(waiter.permits - waiter.missing);
        }
    }

    /// So many permits are there, for the first in line.
    pub(crate) fn add(&mut self, mut permits: u64) {
        while permits > 0 {
            let Some(first) = self.line.front_mut() else {
                self.free += permits;
                return;
            };
            let given = first.missing.min(permits);
            first.missing -= given;
            permits -= given;
            if first.missing == 0 {
                self.handed.extend(self.line.pop_front());
            }
        }
    }

    /// So many permits are put back, or new.
    pub(crate) fn puts(&mut self, permits: u64) {
        let mut back = permits;
        while let Some(last) = self.forgotten.last_mut() {
            let these = last.permits.min(back);
            last.permits -= these;
            back -= these;
            if last.permits > 0 {
                break;
            }
            self.forgotten.pop();
        }
        self.add(permits);
    }

    /// So many of those that are free are gone for good.
    pub(crate) fn lose(&mut self, permits: u64) {
        self.free = self.free.saturating_sub(permits);
    }

    /// A holder gives its permits back, or, if it is `forgotten`, loses them.
    pub(crate) fn gives_back(&mut self, number: u64, forgotten: bool) {
        if let Some(at) = self.holders.iter().position(|holder| holder.number == number) {
            let holder = self.holders.remove(at);
            if !forgotten {
                self.add(holder.permits);
            } else if self.forgotten.len() < MOST_FORGOTTEN {
                self.forgotten.push(holder);
            }
        }
    }

    /// A holder keeps `left` of its permits and gives the others back.
    pub(crate) fn keeps(&mut self, number: u64, left: u64) {
        if let Some(holder) = self.holders.iter_mut().find(|holder| holder.number == number) {
            let others = holder.permits.saturating_sub(left);
            holder.permits = left;
            self.add(others);
        }
    }

    /// So many permits of the holder `from` go to another: to `to`, or to a new
    /// one, whose number it gives.
    pub(crate) fn moves(&mut self, from: u64, to: Option<u64>, permits: u64) -> u64 {
        let Some(holder) = self.holders.iter_mut().find(|holder| holder.number == from) else {
            return to.unwrap_or_default();
        };
        holder.permits = holder.permits.saturating_sub(permits);
        let (by, is_empty, loose) = (holder.by.clone(), holder.permits == 0, holder.loose);
        if let Some(other) = self.holders.iter_mut().find(|holder| Some(holder.number) == to) {
            other.permits += permits;
        } else {
            self.next += 1;
            self.holders.push(Holder { number: self.next, by, permits, loose });
        }
        if is_empty && to.is_some() {
            self.holders.retain(|holder| holder.number != from);
        }
        to.unwrap_or(self.next)
    }

    /// The guard of a holder can be moved to another task from now on.
    pub(crate) fn loosen(&mut self, number: u64) {
        if let Some(holder) = self.holders.iter_mut().find(|holder| holder.number == number) {
            holder.loose = true;
        }
    }

    /// Who took what a holder has.
    pub(crate) fn taker(&self, number: u64) -> Option<Asker> {
        let holder = self.holders.iter().find(|holder| holder.number == number)?;
        Some(holder.by.clone())
    }

    /// Whether somebody has something that was taken in another poll than that of the
    /// `turn`.
    pub(crate) fn are_kept(&self, turn: u64) -> bool {
        self.holders.iter().any(|holder| holder.permits > 0 && holder.by.turn != turn)
    }

    /// Whether somebody waits in line.
    pub(crate) fn is_wanted(&self) -> bool {
        !self.line.is_empty()
    }

    /// Nobody gets any more.
    pub(crate) fn close(&mut self) {
        self.line.clear();
        self.handed.clear();
    }

    /// Who has some of the permits now.
    pub(crate) fn now(&self) -> Vec<Has> {
        let has = |by: &Asker, handed, loose, forgotten| {
            let by = by.clone();
            Has { by, handed, loose, forgotten }
        };
        let holders = self.holders.iter().filter(|holder| holder.permits > 0);
        let holders = holders.map(|holder| has(&holder.by, None, holder.loose, false));
        let forgotten = self.forgotten.iter();
        let forgotten = forgotten.map(|holder| has(&holder.by, None, holder.loose, true));
        let handed = self.handed.iter();
        let handed = handed.map(|waiter| has(&waiter.by, Some(waiter.key), false, false));
        holders.chain(forgotten).chain(handed).collect()
    }
}

impl Asker {
    /// Whether its task does not poll the leaf `key` any more.
    pub(crate) fn has_left(&self, key: u64) -> bool {
        let task = self.task.as_ref().and_then(Weak::upgrade);
        task.is_some_and(|task| !task.awaits(key))
    }
}
