//! The walk over all orders of a program: which one is run next.
//!
//! A run that was told its first ways goes the first way from there on, and says
//! which choices it came to. Each of these leads to others: the same ways up to
//! there, then another one. That is a tree, each of whose orders has one parent,
//! and it is walked by the number of changes: first come, first served, then
//! everything that is one change away, and so on. So the first example of
//! anything is one with the fewest changes, and the faults that need few, which
//! most do, come early. When nothing is left to be walked, that was all.
//!
//! Where there are more orders than are to be run, half of the runs walk, and the
//! others draw lots, see [`Lot`].

use std::collections::{BTreeMap, HashSet, VecDeque};

use super::schedule::{Lot, Schedule};
use recording::session::Choice;

/// Choices that come later in a run go the first way only: of a run that goes on
/// for ever there would be no end of them.
const DEEP: usize = 1_000;

/// Where a walk stands.
#[derive(Debug)]
pub struct Walk {
    /// What is still to be run, by the number of changes.
    left: BTreeMap<usize, VecDeque<Schedule>>,
    /// How many these are.
    waiting: usize,
    /// What was run.
    seen: HashSet<Schedule>,
    /// How many runs there may be, and how many were begun.
    most: usize,
    begun: usize,
    /// The most choices that a run had.
    longest: usize,
    /// Lots drawn.
    lots: u64,
    /// Something is not walked: choices beyond the deepest, or after a run that
    /// did not go the way it was told, or was not run to its end.
    is_cut: bool,
}

impl Walk {
    /// A walk of at most so many runs.
    pub fn of(most: usize) -> Self {
        Walk {
            left: BTreeMap::from([(0, VecDeque::from([Schedule::default()]))]),
            waiting: 1,
            seen: HashSet::new(),
            most,
            begun: 0,
            longest: 0,
            lots: 0,
            is_cut: false,
        }
    }

    /// The next orders to be run, at most so many; none when the walk is over.
    pub fn next(&mut self, most: usize) -> Vec<Schedule> {
        let mut batch = Vec::new();
        while batch.len() < most && self.begun < self.most && self.waiting + batch.len() > 0 {
            let room = self.most - self.begun;
            let walks = self.waiting <= room || self.begun < self.most.div_ceil(2);
            let next = if walks { self.pop() } else { Some(self.lot()) };
            // What the batch leads to is not known yet.
            let Some(next) = next else { break };
            self.begun += 1;
            batch.push(next);
        }
        batch
    }

    fn pop(&mut self) -> Option<Schedule> {
        let mut first = self.left.first_entry()?;
        let next = first.get_mut().pop_front();
        if first.get().is_empty() {
            first.remove();
        }
        self.waiting -= 1;
        next
    }

    /// Of four lots one lets nobody fall behind, two do so once or twice, and one
    /// at every second choice, which is any order at all.
    fn lot(&mut self) -> Schedule {
        self.lots += 1;
        let length = self.longest.max(1);
        let changes = match self.lots % 4 {
            3 => length.div_ceil(2),
            few => few as usize,
        };
        Schedule::by(Lot { seed: self.lots, changes, length })
    }

    /// The run of `asked` came to these choices; whether that is an order that was
    /// not run before.
    pub fn met(&mut self, asked: &Schedule, choices: &[Choice]) -> bool {
        self.longest = self.longest.max(choices.len());
        if !asked.is_of(choices) {
            self.is_cut = true;
            return false;
        }
        let took = Schedule::of(choices);
        if *asked == took {
            for (at, choice) in choices.iter().enumerate().skip(asked.end()) {
                if at >= DEEP {
                    self.is_cut = true;
                    break;
                }
                for way in 1..choice.of {
                    let next = asked.and(at, way);
                    self.left.entry(next.changes()).or_default().push_back(next);
                    self.waiting += 1;
                }
            }
        }
        self.seen.insert(took)
    }

    /// An order that was to be run was not, or was interrupted.
    pub fn missed(&mut self) {
        self.is_cut = true;
    }

    /// How many orders were run.
    pub fn seen(&self) -> usize {
        self.seen.len()
    }

    /// Whether these were all.
    pub fn is_all(&self) -> bool {
        self.waiting == 0 && !self.is_cut
    }

    /// How many orders there are at least.
    pub fn at_least(&self) -> usize {
        let left = self.left.values().flatten();
        self.seen.len() + left.filter(|schedule| !self.seen.contains(schedule)).count()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The choices of a run of two tasks with so many steps each; a step of the
    /// one that is not first is way 1.
    fn interleave(schedule: &Schedule, steps: usize) -> (String, Vec<Choice>) {
        let (mut left, mut done, mut choices) = ([steps; 2], String::new(), Vec::new());
        while left != [0, 0] {
            let ready: Vec<usize> = (0..2).filter(|task| left[*task] > 0).collect();
            let mut took = 0;
            if ready.len() > 1 {
                let text = format!("-{schedule}-");
                took = usize::from(text.contains(&format!("-{}.1-", choices.len())));
                choices.push(Choice { of: 2, took });
            }
            left[ready[took]] -= 1;
            done.push(['a', 'b'][ready[took]]);
        }
        (done, choices)
    }

    #[test]
    fn every_order_is_walked_once_those_with_few_changes_first() {
        let mut walk = Walk::of(1_000);
        let (mut found, mut changes) = (BTreeSet::new(), Vec::new());
        loop {
            let batch = walk.next(4);
            if batch.is_empty() {
                break;
            }
            for schedule in batch {
                let (done, choices) = interleave(&schedule, 4);
                assert!(walk.met(&schedule, &choices));
                assert!(found.insert(done));
                changes.push(schedule.changes());
            }
        }
        // Eight over four.
        assert_eq!(found.len(), 70);
        assert!(walk.is_all() && walk.at_least() == 70);
        assert!(changes.is_sorted(), "{changes:?}");
    }

    #[test]
    fn of_more_orders_than_may_be_run_half_are_drawn() {
        let mut walk = Walk::of(20);
        let mut lots = 0;
        loop {
            let batch = walk.next(4);
            if batch.is_empty() {
                break;
            }
            for schedule in batch {
                lots += usize::from(schedule.to_string().contains('~'));
                let (_, choices) = interleave(&schedule, 4);
                walk.met(&schedule, &choices);
            }
        }
        assert_eq!(lots, 10);
        assert!(!walk.is_all() && walk.at_least() > 10);
    }

    #[test]
    fn a_run_that_goes_another_way_than_it_was_told_is_not_all() {
        let mut walk = Walk::of(20);
        let first = walk.next(1).remove(0);
        walk.met(&first, &[Choice { of: 2, took: 0 }]);
        let second = walk.next(1).remove(0);
        assert!(!walk.met(&second, &[]));
        assert!(walk.next(1).is_empty() && !walk.is_all());
    }

    #[test]
    fn without_a_run_that_was_missed_it_is_not_all() {
        let mut walk = Walk::of(20);
        let first = walk.next(1).remove(0);
        walk.met(&first, &[Choice { of: 2, took: 0 }]);
        assert_eq!(walk.next(2).len(), 1);
        walk.missed();
        assert!(walk.next(1).is_empty() && !walk.is_all());
    }
}
