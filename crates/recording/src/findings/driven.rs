//! Tasks that were never polled: spawned on a `LocalSet` that nobody runs, or on
//! a runtime that nothing blocks on.
//!
//! When nobody is left who could run, every task that can be polled has been.

use std::collections::BTreeMap;

use super::cast::Cast;
use super::finding::{At, Finding};
use super::kind::Kind;
use crate::event::{Event, Line, TaskId, What};
use crate::run::{Run, Task};

/// As many of them are named by what proves it.
const MOST: usize = 8;

/// Where and when each task was spawned.
#[derive(Debug, Default)]
pub struct Unpolled(BTreeMap<TaskId, (Option<Line>, At)>);

impl Unpolled {
    /// Takes the event that is the `at`.
    pub(super) fn see(&mut self, at: At, event: &Event) {
        if let What::Spawn { task, line, .. } = &event.what {
            self.0.insert(*task, (*line, at));
        }
    }

    /// Adds what was found in a run that is stuck: that explains it.
    pub(super) fn finish(mut self, found: &mut Vec<Finding>, run: &Run, cast: &Cast<'_>) {
        let is_left = |task: &Task| !(task.polled || task.told || task.state.is_end());
        self.0.retain(|task, _| run.task(*task).is_some_and(is_left));
        if self.0.is_empty() {
            return;
        }
        let names = cast.names();
        let mut lines: Vec<Line> = self.0.values().filter_map(|(line, _)| *line).collect();
        lines.dedup();
        let (were, it) = if self.0.len() == 1 { ("was", "it was") } else { ("were", "they were") };
        let mut says = format!(
            "{}{} {were} never polled: nothing runs the LocalSet or the runtime that {it} \
             spawned on",
            names.row(self.0.keys().copied()),
            cast.at_lines(&lines),
        );
        let mut evidence: Vec<At> = self.0.values().map(|(_, at)| *at).take(MOST).collect();
        if let Some(at) = found.iter().position(|finding| finding.kind == Kind::Stuck) {
            let stuck = found.remove(at);
            says = format!("{says}; {}", stuck.says);
            lines.extend(stuck.lines);
            evidence.extend(stuck.evidence);
        }
        found.push(Finding { kind: Kind::NotDriven, says, lines, evidence });
    }
}
