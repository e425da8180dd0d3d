//! What happened in a run, counted.

use crate::event::{Event, How, Recording, What};
use crate::queues::{Came, Queues};

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
