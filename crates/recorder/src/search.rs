//! A program run in every order that it can have, on virtual time: which outputs
//! there are, and what goes wrong in which.
//!
//! # The model
//!
//! **tokio**, the multi-threaded runtime: there are as many workers as tasks, so
//! every task that is ready may be next. A poll stops at each `.await` of
//! something of tokio's that might be ready at once (a lock that is free, a
//! message that is there), and anybody else may go first, as it happens between
//! workers. It stops once more when that is done, before the task goes on: what
//! it has sent, taken or locked is seen by others, who may overtake it. Timers that are due at the same moment fire in any order, a `select!`
//! may look at any of its branches first, blocking calls and threads of the
//! program's own run in any order beside the tasks. A program on the runtime of
//! one thread keeps its queue: there only a `select!` is open, and threads are.
//!
//! **asyncio**: the loop has one thread and one queue, first in, first out. Open
//! are timers that are due at the same moment: any may be first, and each may be
//! so late that what the one before has made ready goes before it.
//!
//! The *wider* model has more. On request a program of tokio's on one thread is run
//! as if it had several. And asyncio's sleeps take longer: a sleep stands for a real
//! wait, and nobody knows how long that takes. It ends in time, or after another timer
//! that was to fire later and passes it, and be it after several of these; but within
//! twice its time, and then it is next. Timers that are no sleep, as those of timeouts,
//! are on time. What is left out there: a sleep that is late and passed by nobody.
//!
//! What is left out: two polls that truly overlap, between one `.await` and the
//! next, where they share an atomic, a `std::sync::Mutex` or the output; how long
//! a computation takes, for time stands still while anybody can run; the order in
//! which a runtime that is dropped drops the tasks that are unfinished; and what
//! comes from outside the process. A program that needs the machine's clock has
//! no orders here, and that is said.
//!
//! # No order is left out for being like another
//!
//! Of two steps that touch nothing in common it does not matter which comes first,
//! and a search that knew this of some would need to run one order of the two. But
//! what a step touches is not known. Between two `.await`s a task may read and write
//! whatever memory it shares with another, an atomic, a `Cell`, a global of Python's,
//! and the recorder sees none of it; it sees the leaves and what is printed. That
//! two steps awaited different locks proves nothing: the lost update is two tasks
//! that share a number and no lock. So each order is run. Two orders may print the
//! same: that is counted, not skipped.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`schedule`] | one order: the choices at which a run does not go the first way |
//! | [`token`] | what an order is called, so that it can be run again |
//! | [`walk`] | which order is run next, and when that was all |
//! | [`guaranteed`] | what all orders have in common |
//! | [`overlap`] | what two polls that overlap may print besides |
//! | [`every`] | every order, for a test |

pub mod every;
pub mod guaranteed;
pub mod overlap;
pub mod schedule;
pub mod token;
pub mod walk;

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use anyhow::{Result, anyhow};

use overlap::{Causes, Reader};
use schedule::Schedule;
use walk::Walk;

use crate::parallel::side_by_side;
use crate::process::is_interrupted;
use crate::program::{Options, Program};
use crate::python;
use crate::rust::Compiled;
use recording::event::{Event, Stream, What};
use recording::findings::{Finding, Findings};
use recording::session::{Choice, Ending, Session};

/// What is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// At most so many orders.
    pub most: NonZeroUsize,
    /// In the wider model: see [`Options::wide`].
    pub wide: bool,
    /// Whether [`Orders::has`] is to know what polls that overlap may print besides.
    pub causes: bool,
}

/// Runs a program in a chosen order.
pub type Run<'a> = &'a (dyn Fn(&Schedule) -> Result<Session> + Sync);

/// What came of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orders {
    /// Whether they are of the wider model.
    pub wide: bool,
    /// How many orders were run.
    pub run: usize,
    /// How many there are at least.
    pub at_least: usize,
    /// Whether these were all.
    pub all: bool,
    /// Whether somebody was ready while another one ran: then those could overlap on
    /// a machine, and what comes of that is left out.
    pub overlap: bool,
    /// Where they could, and it was asked for: what has to come before what in each of
    /// the orders that is not too long.
    pub causes: BTreeSet<Causes>,
    /// Each output once, the one of first come, first served first; then those
    /// that need the fewest changes.
    pub outputs: Vec<Output>,
    /// What was found to be wrong in any of them, the worst first.
    pub findings: Vec<Found>,
    /// Orders that could not be run.
    pub failed: Vec<Failed>,
}

/// What some of the orders print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// In how many orders.
    pub orders: usize,
    /// How these end.
    pub ending: Ending,
    /// The lines of standard output.
    pub lines: Vec<String>,
    /// Standard error of the example.
    pub stderr: String,
    /// The one of these with the fewest changes.
    pub example: Example,
}

/// Whether what a program printed on a machine is among its orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Has {
    /// One of them prints that.
    Output,
    /// Where polls overlap that print, one of them can, see [`overlap`].
    Overlap,
    /// None does.
    Not,
}

/// Something that is wrong with some of the orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// In how many.
    pub orders: usize,
    /// What it is in the example.
    pub finding: Finding,
    /// The one of these with the fewest changes.
    pub example: Example,
}

/// An order that could not be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// How many of these there were.
    pub orders: usize,
    /// Why.
    pub why: String,
}

/// One of several orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it is called.
    pub token: String,
    /// How often it does not go the first way.
    pub changes: usize,
    schedule: Schedule,
}

/// A run that is over.
struct Seen {
    lines: Vec<String>,
    ending: Ending,
    stderr: String,
    findings: Vec<Finding>,
    choices: Vec<Choice>,
    overlap: bool,
    causes: Option<Causes>,
}

/// So many runs are asked for at a time; what they lead to is known after that,
/// and in the same order whatever the number of processors.
const BATCH: usize = 32;

/// So many runs may be made to find an example with fewer changes, and for all
/// examples together one for so many orders.
const SIMPLER: usize = 40;
const SIMPLER_OF: usize = 8;

/// What runs `program`, if it is Rust's as it was `compiled`, in an order that is
/// chosen; else as `options` say.
pub fn runner(
    program: &Program,
    compiled: Option<&Compiled>,
    options: &Options,
) -> impl Fn(&Schedule) -> Result<Session> + Sync + use<> {
    let compiled = compiled.map(Compiled::forking);
    let script = python::Forking::of(&python::interpreter(), program);
    let options = options.clone();
    move |schedule| {
        let options = Options { order: Some(schedule.clone()), ..options.clone() };
        match &compiled {
            Some(compiled) => compiled.start(&options),
            None => script.start(&options),
        }
    }
}

/// Runs the program with this text by `run`, in all orders or in as many as are
/// `asked` for; after each, `after` is called.
///
/// # Errors
///
/// When it cannot be run at all, and when it was interrupted before it was run once.
pub fn search(text: &str, run: Run<'_>, asked: Asked, after: &(dyn Fn() + Sync)) -> Result<Orders> {
    let Asked { most, wide, causes } = asked;
    let mut walk = Walk::of(most.get());
    let mut orders = Orders {
        wide,
        run: 0,
        at_least: 0,
        all: false,
        overlap: false,
        causes: BTreeSet::new(),
        outputs: Vec::new(),
        findings: Vec::new(),
        failed: Vec::new(),
    };
    let see =
        |schedule: &Schedule| run(schedule).and_then(|session| Seen::of(session, text, causes));
    let step = |schedule: &Schedule| {
        let seen = see(schedule);
        after();
        seen
    };
    loop {
        let batch = walk.next(BATCH);
        if batch.is_empty() || is_interrupted() {
            break;
        }
        for (asked, seen) in batch.iter().zip(side_by_side(&batch, step)) {
            match seen {
                Ok(seen) if seen.ending == Ending::Interrupted => walk.missed(),
                Ok(seen) => {
                    let is_new = walk.met(asked, &seen.choices);
                    orders.take(text, &seen, is_new);
                }
                Err(error) if orders.outputs.is_empty() => return Err(error),
                Err(error) => {
                    walk.missed();
                    orders.fails(format!("{error:#}"));
                }
            }
        }
    }
    if orders.outputs.is_empty() {
        return Err(anyhow!("interrupted"));
    }
    if !walk.is_all() {
        orders.simplify(text, &see, most.get() / SIMPLER_OF);
    }
    orders.outputs.sort_by(|one, other| one.example.key().cmp(&other.example.key()));
    orders.findings.sort_by(|one, other| {
        let by_kind = one.finding.kind.cmp(&other.finding.kind);
        by_kind.then_with(|| one.example.key().cmp(&other.example.key()))
    });
    orders.run = walk.seen();
    orders.at_least = walk.at_least();
    orders.all = walk.is_all();
    Ok(orders)
}

impl Seen {
    fn of(session: Session, text: &str, with_causes: bool) -> Result<Self> {
        let Session { header, ending, silent, stderr, choices, overlap, events, .. } = session;
        let mut findings = Findings::new(&header, text, None);
        let (mut lines, mut causes) = (Vec::new(), Reader::default());
        for event in events {
            let event = event?;
            findings.see(&event);
            if overlap && with_causes {
                causes.see(&event);
            }
            if let Event { what: What::Print { text, stream: Stream::Stdout, .. }, .. } = event {
                lines.push(text);
            }
        }
        let findings = findings.finish(&ending, silent);
        let causes = causes.finish().filter(|_| with_causes);
        Ok(Seen { lines, ending, stderr, findings, choices, overlap, causes })
    }
}

impl Example {
    fn of(text: &str, choices: &[Choice], wide: bool) -> Self {
        let schedule = Schedule::of(choices);
        Example { token: token::token(text, choices, wide), changes: schedule.changes(), schedule }
    }

    fn key(&self) -> (usize, &Schedule) {
        (self.changes, &self.schedule)
    }

    /// Takes another one if that has fewer changes.
    fn or(&mut self, other: Example) -> bool {
        let is_simpler = other.key() < self.key();
        if is_simpler {
            *self = other;
        }
        is_simpler
    }
}

impl Orders {
    /// Whether these are all that there are on any machine: what they have in common
    /// is guaranteed then.
    pub fn is_proof(&self) -> bool {
        self.all && !self.overlap
    }

    /// How a run of the program on a machine that printed these lines and ended well
    /// is among the orders.
    pub fn has<T: AsRef<str>>(&self, lines: &[T]) -> Has {
        let is_same = |output: &&Output| {
            output.ending == Ending::Exit(0)
                && output.lines.iter().map(String::as_str).eq(lines.iter().map(AsRef::as_ref))
        };
        match self.outputs.iter().find(is_same) {
            Some(_) => Has::Output,
            None if self.causes.iter().any(|causes| causes.allow(lines)) => Has::Overlap,
            None => Has::Not,
        }
    }

    /// Takes a run, which counts if its order `is_new`.
    fn take(&mut self, text: &str, seen: &Seen, is_new: bool) {
        let example = Example::of(text, &seen.choices, self.wide);
        let counts = usize::from(is_new);
        if seen.overlap {
            self.overlap = true;
            self.causes.extend(seen.causes.clone());
        }
        let Seen { lines, ending, stderr, .. } = seen;
        match self.outputs.iter_mut().find(|one| one.lines == *lines && one.ending == *ending) {
            Some(output) => {
                output.orders += counts;
                if output.example.or(example.clone()) {
                    output.stderr.clone_from(stderr);
                }
            }
            None => self.outputs.push(Output {
                orders: counts,
                ending: ending.clone(),
                lines: lines.clone(),
                stderr: stderr.clone(),
                example: example.clone(),
            }),
        }
        let mut told: Vec<&Finding> = Vec::new();
        for finding in &seen.findings {
            // Of one kind at the same lines there is one, whoever's it is.
            let same =
                |other: &Finding| (other.kind, &other.lines) == (finding.kind, &finding.lines);
            if told.iter().any(|other| same(other)) {
                continue;
            }
            told.push(finding);
            match self.findings.iter_mut().find(|found| same(&found.finding)) {
                Some(found) => {
                    found.orders += counts;
                    if found.example.or(example.clone()) {
                        found.finding = finding.clone();
                    }
                }
                None => self.findings.push(Found {
                    orders: counts,
                    finding: finding.clone(),
                    example: example.clone(),
                }),
            }
        }
    }

    fn fails(&mut self, why: String) {
        match self.failed.iter_mut().find(|failed| failed.why == why) {
            Some(failed) => failed.orders += 1,
            None => self.failed.push(Failed { orders: 1, why }),
        }
    }

    /// Looks for examples with fewer changes, where lots were drawn: without this
    /// or that change, does the same come out?
    fn simplify(
        &mut self,
        text: &str,
        run: &(dyn Fn(&Schedule) -> Result<Seen> + Sync),
        mut most: usize,
    ) {
        for output in 0..self.outputs.len() {
            let mut size = self.outputs[output].example.changes.div_ceil(2);
            let mut at = 0;
            for _ in 0..SIMPLER {
                let Output { example, lines, ending, .. } = &self.outputs[output];
                if at >= example.changes {
                    (at, size) = (0, size / 2);
                }
                if size == 0 || example.changes < 2 || most == 0 || is_interrupted() {
                    break;
                }
                most -= 1;
                let asked = example.schedule.without(at, at + size);
                let Ok(seen) = run(&asked) else { break };
                let took = Schedule::of(&seen.choices);
                let is_same = (&seen.lines, &seen.ending) == (lines, ending)
                    && took.changes() < example.changes;
                // It is no order of the walk, and does not count.
                self.take(text, &seen, false);
                at += if is_same { 0 } else { size };
            }
        }
    }
}
