//! Which order a run takes: at which of its choices it does not go the first way.
//!
//! A run comes to choices, one after the other, and the same program with the
//! same ways comes to the same choices. So a few numbers stand for a whole run:
//!
//! ```
//! # use recorder::search::schedule::Schedule;
//! # use recording::session::Choice;
//! let took = [0, 2, 0, 1].map(|took| Choice { of: 3, took });
//! assert_eq!(Schedule::of(&took).to_string(), "1.2-3.1");
//! ```

use std::fmt;

use recording::session::Choice;

/// An order.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Schedule {
    /// The number of a choice, from 0, and the way that is taken, which is not 0.
    ways: Vec<(usize, usize)>,
    /// How the ways are drawn by lot that come later.
    lot: Option<Lot>,
}

/// Ways drawn by lot: whoever is ready and has the highest priority goes first,
/// and at so many moments of a run of about that many choices falls behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lot {
    /// Another one draws other ways.
    pub seed: u64,
    /// How often somebody falls behind.
    pub changes: usize,
    /// The choices of a run.
    pub length: usize,
}

impl Schedule {
    /// That of a run that came to these choices.
    pub fn of(choices: &[Choice]) -> Self {
        let ways = choices.iter().enumerate().filter(|(_, choice)| choice.took > 0);
        Schedule { ways: ways.map(|(at, choice)| (at, choice.took)).collect(), lot: None }
    }

    /// One that is drawn by lot from the beginning.
    pub fn by(lot: Lot) -> Self {
        Schedule { ways: Vec::new(), lot: Some(lot) }
    }

    /// How often it does not go the first way.
    pub fn changes(&self) -> usize {
        self.ways.len()
    }

    /// The first choice that it says nothing of, nor does anything after it.
    pub fn end(&self) -> usize {
        self.ways.last().map_or(0, |(at, _)| at + 1)
    }

    /// The same, and then the `way` at the choice `at`, which comes later.
    pub fn and(&self, at: usize, way: usize) -> Self {
        let mut ways = self.ways.clone();
        ways.push((at, way));
        Schedule { ways, lot: None }
    }

    /// The same with the first way from the `from`th change on, up to the `to`th.
    pub fn without(&self, from: usize, to: usize) -> Self {
        let mut ways = self.ways.clone();
        ways.drain(from..to.min(ways.len()));
        Schedule { ways, lot: None }
    }

    /// Whether a run that came to these choices took it.
    pub fn is_of(&self, choices: &[Choice]) -> bool {
        let given = Schedule::of(choices.get(..self.end()).unwrap_or(choices));
        given.ways == self.ways
    }
}

/// As the environment of the recorded process has it.
impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (at, way)) in self.ways.iter().enumerate() {
            let between = if i > 0 { "-" } else { "" };
            write!(f, "{between}{at}.{way}")?;
        }
        match self.lot {
            Some(Lot { seed, changes, length }) => write!(f, "~{seed}.{changes}.{length}"),
            None => Ok(()),
        }
    }
}

impl std::str::FromStr for Schedule {
    type Err = ();

    /// What is written by `Display`, but for what is drawn by lot.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut ways: Vec<(usize, usize)> = Vec::new();
        for pair in text.split('-').filter(|_| !text.is_empty()) {
            let (at, way) = pair.split_once('.').ok_or(())?;
            let (at, way) = (at.parse().map_err(|_| ())?, way.parse().map_err(|_| ())?);
            if way == 0 || ways.last().is_some_and(|(last, _)| *last >= at) {
                return Err(());
            }
            ways.push((at, way));
        }
        Ok(Schedule { ways, lot: None })
    }
}
