//! What a finding is.

use super::kind::Kind;
use crate::event::Line;

/// Something that is wrong with a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// The same as a sentence, without a full stop.
    pub says: String,
    /// The lines of the file that it is about, in the order of the sentence.
    pub lines: Vec<Line>,
    /// The events that prove it.
    pub evidence: Vec<At>,
}

/// An event of a recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Its number, counted from 0.
    pub event: usize,
    /// When it happened, in microseconds.
    pub t: u64,
}
