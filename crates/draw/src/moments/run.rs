//! What is true between two events.

use recording::event::{Clock, Language, Line, Recording, TaskId};
use recording::listing::{Listing, is_async};
use recording::names::Names;
use recording::run::{Run as States, State, Task as At};

use super::moment::Moment;
use super::state::{Manner, Shown, Task};

/// A timer that is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timer {
    pub(super) task: Option<TaskId>,
    pub(super) due: u64,
}

/// What a task was at before the event at hand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before {
    /// The line from which it goes on.
    pub line: Option<Line>,
    /// Whether it had the thread.
    pub running: bool,
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
    /// What each task is at: all of them as if they shared one thread.
    pub(super) states: States,
    pub tasks: Vec<Task>,
    pub(super) timers: Vec<Timer>,
    pub(super) printed: usize,
    pub shutdown: bool,
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
            states: States::default(),
            tasks: Vec::new(),
            timers: Vec::new(),
            printed: 0,
            shutdown: false,
            moments: Vec::new(),
            shown: Shown::default(),
        }
    }

    /// Who has the thread.
    pub fn holder(&self) -> Option<TaskId> {
        self.states.holder(None)
    }

    /// A task by its number.
    pub fn task(&self, number: TaskId) -> &Task {
        &self.tasks[number as usize]
    }

    /// What a task is at.
    pub fn at(&self, number: TaskId) -> &At {
        &self.states.tasks()[number as usize]
    }

    pub(super) fn before(&self, number: TaskId) -> Before {
        let (Some(at), Some(task)) = (self.states.task(number), self.tasks.get(number as usize))
        else {
            return Before::default();
        };
        let running = at.state == State::Running;
        Before { line: task.line, running, started: at.polled, told: at.told }
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
}
