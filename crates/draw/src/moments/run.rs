//! What is true between two events.

use std::collections::HashSet;

use recording::event::{Clock, Language, Line, Recording, TaskId};
use recording::listing::{Listing, is_async};
use recording::names::Names;

use super::Moment;
use super::state::{Manner, Shown, State, Task};

/// A timer that is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timer {
    pub(super) task: Option<TaskId>,
    pub(super) due: u64,
}

/// What a polled task was at before.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// The line from which it goes on.
    pub line: Option<Line>,
    /// Whether it was polled before.
    pub started: bool,
    /// Whether it was to be told that it is cancelled.
    pub told: bool,
}

/// The state between two events, and the moments up to it.
pub struct Run<'a> {
    pub(super) listing: &'a Listing,
    pub manner: Manner,
    /// Whether the times are the machine's.
    pub real: bool,
    /// The shortest time that is worth a moment, in µs.
    pub(super) shortest: u64,
    pub(super) names: Names,
    pub(super) language: Language,
    pub now: u64,
    pub tasks: Vec<Task>,
    pub(super) timers: Vec<Timer>,
    pub(super) printed: usize,
    pub shutdown: bool,
    /// Who has the thread, the innermost last.
    pub(super) stack: Vec<TaskId>,
    pub(super) branches: HashSet<(TaskId, &'a str)>,
    pub(super) moments: Vec<Moment>,
    pub(super) shown: Shown,
}

impl<'a> Run<'a> {
    pub(super) fn new(recording: &'a Recording, listing: &'a Listing) -> Self {
        let manner = match recording.header.language {
            _ if !is_async(&listing.text) => Manner::Plain,
            Language::Rust => Manner::Rust,
            Language::Python => Manner::Python,
        };
        // On the machine's clock some time passes between any two events.
        let total = recording.events.last().map_or(0, |event| event.t);
        let shortest = match recording.header.clock {
            Clock::Virtual => 1,
            Clock::Real => (total.div_ceil(40)).max(10_000),
        };
        Run {
            listing,
            manner,
            real: recording.header.clock == Clock::Real,
            shortest,
            names: recording.names(),
            language: recording.header.language,
            now: 0,
            tasks: Vec::new(),
            timers: Vec::new(),
            printed: 0,
            shutdown: false,
            stack: Vec::new(),
            branches: HashSet::new(),
            moments: Vec::new(),
            shown: Shown::default(),
        }
    }

    /// Who has the thread.
    pub fn holder(&self) -> Option<TaskId> {
        self.stack.last().copied()
    }

    /// A task by its number.
    pub fn task(&self, number: TaskId) -> &Task {
        &self.tasks[number as usize]
    }

    pub(super) fn task_mut(&mut self, number: TaskId) -> &mut Task {
        &mut self.tasks[number as usize]
    }

    /// When the timers that are not due yet will be.
    pub(super) fn due(&self) -> impl Iterator<Item = u64> {
        self.timers.iter().map(|timer| timer.due).filter(|due| *due >= self.now)
    }

    /// How long the last timer still takes.
    pub fn timers_left(&self) -> u64 {
        self.due().max().map_or(0, |due| due - self.now)
    }

    /// A line of the file as a line of the listing.
    pub(super) fn line(&self, line: Option<Line>) -> Option<Line> {
        self.listing.line(line?)
    }

    /// The task gives the thread back, for now or for good.
    pub(super) fn give_back(&mut self, number: TaskId, state: State) {
        if let Some(at) = self.stack.iter().rposition(|holder| *holder == number) {
            self.stack.remove(at);
        }
        self.task_mut(number).state = state;
    }

    /// The task ends; says whether it had the thread.
    pub(super) fn finish(&mut self, number: TaskId, state: State) -> bool {
        let had = self.stack.contains(&number);
        self.give_back(number, state);
        self.timers.retain(|timer| timer.task != Some(number));
        had
    }
}
