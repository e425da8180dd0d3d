//! A run in one line: how long, how many switches, what became of the tasks.

use super::Scene;
use super::words::{count, duration, round};
use super::workers::{Came, Queues};
use crate::event::{Clock, Event, How, Language, Recording, What};

/// `1 s · 3 polls · 2 tasks · 1 dropped`.
///
/// The time is that of the whole run, shut-down included; each poll (asyncio:
/// step) is a context switch. With several workers those are counted that one
/// took from the queue of another. On a real clock the time is rounded, and says so.
pub fn facts(scene: &Scene<'_>) -> String {
    let tally = match scene.around {
        Some(around) => around.tally.clone(),
        None => Tally::of(scene.recording),
    };
    let header = &scene.recording.header;
    let (poll, fail) = match header.language {
        Language::Rust => ("poll", "panicked"),
        Language::Python => ("step", "failed"),
    };
    let time = match header.clock {
        Clock::Virtual => duration(tally.end),
        Clock::Real => format!("about {}", duration(round(tally.end))),
    };
    if scene.is_plain() {
        return format!("{time} · no async, no switches");
    }
    let mut facts = vec![time, count(tally.polls, poll), count(tally.tasks, "task")];
    for (n, what) in [
        (tally.stolen, "stolen"),
        (tally.dropped, "dropped"),
        (tally.cancelled, "cancelled"),
        (tally.failed, fail),
    ] {
        if n > 0 {
            facts.push(format!("{n} {what}"));
        }
    }
    facts.join(" · ")
}

/// What happened in a run, counted.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// When the last event was over, in microseconds since the start.
    pub end: u64,
    /// How often a task was given the thread.
    pub polls: usize,
    /// The tasks, the root included.
    pub tasks: usize,
    /// How often a worker took one from the queue of another.
    pub stolen: usize,
    /// Those that were dropped.
    pub dropped: usize,
    /// Those that ended by `CancelledError`.
    pub cancelled: usize,
    /// Those that panicked, or raised.
    pub failed: usize,
    queues: Queues,
}

impl Tally {
    /// Counts all of `recording`.
    pub fn of(recording: &Recording) -> Self {
        let mut tally = Tally::default();
        for event in &recording.events {
            tally.see(event);
        }
        tally
    }

    /// Counts one more event.
    pub fn see(&mut self, event: &Event) {
        let block = if let What::Block { us, .. } = event.what { us } else { 0 };
        self.stolen += usize::from(matches!(self.queues.take(event), Some(Came::Stolen(_))));
        self.end = self.end.max(event.t.saturating_add(block));
        match &event.what {
            What::Poll { .. } => self.polls += 1,
            What::Spawn { .. } => self.tasks += 1,
            What::Cancel { how: How::Drop, .. } => self.dropped += 1,
            What::Cancelled { .. } => self.cancelled += 1,
            What::Panic { .. } => self.failed += 1,
            _ => {}
        }
    }
}

/// When the last event was over, in microseconds since the start.
pub fn end(recording: &Recording) -> u64 {
    Tally::of(recording).end
}
