//! The numbers by which a recording speaks of things.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A task's number, in the order of spawning: 0 is the root future, unless the
/// program has spawned a task before it blocks on that.
pub type TaskId = u32;

/// A line of the recorded program, from 1; the lines of its main file come first.
///
/// In JSON it is a number, and the name of another file stands beside it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line {
    file: Option<&'static str>,
    number: u32,
}

impl Line {
    /// The line of the main file with this number.
    pub fn numbered(number: usize) -> Self {
        u32::try_from(number).unwrap_or(u32::MAX).into()
    }

    /// The same line of another file than the program's main one.
    pub fn within(self, file: &str) -> Self {
        Line { file: Some(kept(file)), ..self }
    }

    /// The file, if it is not the program's main one: `src/worker.rs`.
    pub fn file(self) -> Option<&'static str> {
        self.file
    }

    /// The line's number in its file.
    pub fn number(self) -> u32 {
        self.number
    }

    /// `line 6`, or, in another file than the main one, `worker.rs:6`.
    ///
    /// ```
    /// # use recording::event::Line;
    /// assert_eq!(Line::from(6).words(), "line 6");
    /// assert_eq!(Line::from(6).within("src/worker.rs").words(), "worker.rs:6");
    /// ```
    pub fn words(self) -> String {
        if self.file.is_some() { self.to_string() } else { format!("line {self}") }
    }
}

/// The name of a file, kept for good: a program has few files, and many lines.
fn kept(file: &str) -> &'static str {
    static FILES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = files.get(file) {
        return known;
    }
    let new: &'static str = Box::leak(file.into());
    files.insert(new);
    new
}

impl From<u32> for Line {
    fn from(number: u32) -> Self {
        Line { file: None, number }
    }
}

impl From<Line> for u32 {
    fn from(line: Line) -> Self {
        line.number
    }
}

impl Serialize for Line {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.number.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u32::deserialize(deserializer).map(Line::from)
    }
}

impl PartialEq<u32> for Line {
    fn eq(&self, number: &u32) -> bool {
        *self == Line::from(*number)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.file {
            Some(file) => {
                write!(f, "{}:{}", file.strip_prefix("src/").unwrap_or(file), self.number)
            }
            None => self.number.fmt(f),
        }
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The number of a lock, a channel, …; a `resource` event says what is known of it.
pub type ResourceId = u32;
