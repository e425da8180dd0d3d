//! Other processes that wait because nobody reads what they write, while a task waits
//! for their end.

use std::collections::BTreeMap;

use super::cast::Cast;
use super::finding::{At, Finding};
use super::kind::Kind;
use crate::event::{Event, How, Line, TaskId, Trouble, What};
use crate::session::Ending;
use crate::words::list;

/// Who waits for them.
#[derive(Debug, Default)]
pub struct Pipes {
    /// Where each task was suspended last, and when.
    stands: BTreeMap<TaskId, (At, Option<Line>)>,
    full: BTreeMap<TaskId, Full>,
}

/// The pipes that a task does not read.
#[derive(Debug, Default)]
struct Full {
    names: Vec<String>,
    evidence: Vec<At>,
    line: Option<Line>,
    /// It has waited for long enough.
    given_up: bool,
}

impl Pipes {
    /// Takes the event that is the `at`.
    pub(super) fn see(&mut self, at: At, event: &Event) {
        match &event.what {
            What::Spawn { task, line, .. } | What::Pending { task, line, .. } => {
                // What asyncio makes a task of stands in no line of the program.
                let line = line.or_else(|| self.stands.get(task)?.1);
                self.stands.insert(*task, (at, line));
            }
            What::Trouble { what: Trouble::Unread, task: Some(task), text: Some(name), .. } => {
                let (since, line) = self.stands.get(task).copied().unwrap_or_default();
                let full = self.full.entry(*task).or_default();
                full.names.push(name.clone());
                full.evidence.extend([since, at]);
                full.line = line;
            }
            What::Cancel { task, how: How::Throw, .. } => {
                if let Some(full) = self.full.get_mut(task) {
                    full.given_up = true;
                }
            }
            What::Poll { task, .. }
            | What::Trouble { what: Trouble::Read, task: Some(task), .. } => {
                self.full.retain(|of, full| of != task || full.given_up);
            }
            _ => {}
        }
    }

    /// What was found in a run that ended so.
    pub(super) fn finish(self, ending: &Ending, cast: &Cast<'_>) -> Vec<Finding> {
        let names = cast.names();
        let full = self.full.into_iter();
        let full = full.filter(|(_, full)| full.given_up || !ending.is_complete());
        let say = |(task, full): (TaskId, Full)| {
            let pipes: Vec<&str> = full.names.iter().map(String::as_str).collect();
            let waits = if full.given_up { "waited" } else { "waits" };
            let says = format!(
                "{} {waits} for the end of a process{} that cannot go on: the pipe of its {} is \
                 full, and nobody reads it; communicate() does",
                names.said(task),
                cast.at(full.line),
                list(&pipes, pipes.len()),
            );
            let lines = full.line.into_iter().collect();
            Finding { kind: Kind::Unread, says, lines, evidence: full.evidence }
        };
        full.map(say).collect()
    }
}
