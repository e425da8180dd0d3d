//! Which order the program runs in, where its order is chosen.
//!
//! A run comes to *choices*: several threads are ready, or a `select!` may look
//! at any of its branches first. Way 0 is what happens first come, first served.
//! The environment says at which choices, counted from 0, another way is taken
//! (`wire::ORDER`); each choice is recorded with the number of its ways, so that
//! the parent can walk all of them.
//!
//! What comes after the choices that are given may be drawn by lot: each thread
//! has a priority, the ready one with the highest goes first, and at a few
//! moments of the run the one at hand gets the lowest. So orders that need few
//! and far switches come up as often as they should: see Burckhardt et al., *A
//! randomized scheduler with probabilistic guarantees of finding bugs*, 2010.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::raw::emit;
use super::say::Choice;
use super::switch;
use crate::rec::sys::lock::SpinLock;

/// A runtime of one thread has several, too.
static WIDE: AtomicBool = AtomicBool::new(false);

static ORDER: SpinLock<Option<Order>> = SpinLock::new(None);

struct Order {
    /// How many choices there were.
    met: usize,
    /// The ways that are taken, by the number of the choice; else 0.
    ways: BTreeMap<usize, usize>,
    lot: Option<Lot>,
}

/// Ways drawn by lot.
struct Lot {
    seed: u64,
    /// At which choices whoever is first falls behind all others.
    changes: Vec<usize>,
    /// Who did, by their number.
    behind: BTreeMap<usize, usize>,
}

/// The order is chosen, as `text` says, see `wire::ORDER`.
pub(crate) fn start(text: &str) {
    let (text, wide) = text.strip_prefix('w').map_or((text, false), |text| (text, true));
    WIDE.store(wide, Relaxed);
    let (ways, lot) = text.split_once('~').unwrap_or((text, ""));
    let pair = |pair: &str| {
        let (at, way) = pair.split_once('.')?;
        Some((at.parse().ok()?, way.parse().ok()?))
    };
    let ways = ways.split('-').filter_map(pair).collect();
    *ORDER.lock() = Some(Order { met: 0, ways, lot: Lot::of(lot) });
    switch::set_ordered();
}

/// Whether a runtime for which the program asks for one thread has several.
pub(crate) fn is_wide() -> bool {
    switch::is_ordered() && WIDE.load(Relaxed)
}

/// Which of the `ready`, given by their numbers, is next; 0 if nobody chooses.
pub(crate) fn next(ready: &[usize]) -> usize {
    choose(ready.len(), |lot, at| lot.next(at, ready))
}

/// One of so many ways that are alike; 0 if nobody chooses.
pub(crate) fn any(ways: usize) -> usize {
    choose(ways, |lot, at| hash(lot.seed, at as u64) as usize % ways)
}

fn choose(of: usize, by_lot: impl FnOnce(&mut Lot, usize) -> usize) -> usize {
    if of < 2 || !switch::is_ordered() {
        return 0;
    }
    let took = {
        let mut order = ORDER.lock();
        let Some(order) = &mut *order else { return 0 };
        let at = order.met;
        order.met += 1;
        match (order.ways.get(&at), &mut order.lot) {
            // The parent sees that the order is not the program's.
            (Some(way), _) => Some(*way).filter(|way| *way < of).unwrap_or(0),
            (None, Some(lot)) => by_lot(lot, at),
            (None, None) => 0,
        }
    };
    emit(Choice { of, took });
    took
}

impl Lot {
    /// Of `SEED.CHANGES.LENGTH`.
    fn of(text: &str) -> Option<Lot> {
        let mut numbers = text.split('.').map_while(|number| number.parse::<u64>().ok());
        let (seed, changes) = (numbers.next()?, numbers.next()?);
        let length = numbers.next()?.max(1);
        let changes = (0..changes).map(|i| (hash(seed, !i) % length) as usize).collect();
        Some(Lot { seed, changes, behind: BTreeMap::new() })
    }

    fn next(&mut self, at: usize, ready: &[usize]) -> usize {
        let first = self.first(ready);
        if self.changes.contains(&at) {
            self.behind.insert(ready[first], at);
            return self.first(ready);
        }
        first
    }

    /// The ready one with the highest priority; whoever fell behind last is last.
    fn first(&self, ready: &[usize]) -> usize {
        let priority = |number: &usize| match self.behind.get(number) {
            Some(at) => (0, u64::MAX - *at as u64),
            None => (1, hash(self.seed, *number as u64)),
        };
        (0..ready.len()).max_by_key(|i| priority(&ready[*i])).unwrap_or(0)
    }
}

/// splitmix64, of both.
fn hash(seed: u64, number: u64) -> u64 {
    let mut z = seed.wrapping_add(number.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(1);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
