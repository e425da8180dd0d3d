//! What went wrong and may not have been noticed: panics, and exceptions that
//! nobody asked for.

use std::collections::BTreeSet;

use super::cast::Cast;
use super::finding::{At, Finding};
use super::kind::Kind;
use super::unseen::MESSAGE;
use crate::event::{Event, Language, Line, TaskId, What};
use crate::session::Ending;
use crate::words::shorten;

/// What failed.
#[derive(Debug, Default)]
pub struct Failures {
    panics: Vec<Panic>,
    /// The root future that ended last.
    root: Option<TaskId>,
}

#[derive(Debug)]
struct Panic {
    task: TaskId,
    text: String,
    exits: bool,
    line: Option<Line>,
    at: At,
}

impl Failures {
    /// Takes the event that is the `at`.
    pub(super) fn see(&mut self, at: At, event: &Event) {
        match &event.what {
            What::Panic { task, text, exits, line } => {
                let (task, exits, line) = (*task, *exits, *line);
                self.panics.push(Panic { task, text: text.clone(), exits, line, at });
            }
            What::End { task } => self.root = Some(*task),
            _ => {}
        }
    }

    /// The tasks that failed and nobody noticed, where and when.
    pub(super) fn unnoticed(
        &self,
        unasked: &BTreeSet<TaskId>,
        cast: &Cast<'_>,
    ) -> Vec<(TaskId, Option<Line>, At)> {
        let unnoticed =
            |panic: &&Panic| cast.language == Language::Rust || unasked.contains(&panic.task);
        let told = |panic: &Panic| (panic.task, panic.line, panic.at);
        self.panics.iter().filter(unnoticed).map(told).collect()
    }

    /// What was found in a run that ended so; nobody asked for the exceptions of
    /// `unasked`, but somebody waits for the end of those in `awaited`.
    pub(super) fn finish(
        self,
        ending: &Ending,
        unasked: &BTreeSet<TaskId>,
        awaited: &BTreeSet<TaskId>,
        cast: &Cast<'_>,
    ) -> Vec<Finding> {
        let names = cast.names();
        let mut found = Vec::new();
        for panic in &self.panics {
            let (who, text) = (names.said(panic.task), shorten(&panic.text, MESSAGE));
            let (kind, verb, but, mut evidence) = match cast.language {
                Language::Rust => (Kind::Panicked, "panicked", "", vec![panic.at]),
                Language::Python => {
                    match unasked.contains(&panic.task) {
                        true => {
                            let but = match awaited.contains(&panic.task) {
                                true => ", and nobody has asked for its result yet",
                                false => ", and nobody asked for its result",
                            };
                            (Kind::NotRetrieved, "raised", but, vec![])
                        }
                        // It reached whoever awaited it, or called `asyncio.run`.
                        false if Some(panic.task) != self.root => continue,
                        false if *ending == Ending::Exit(0) => continue,
                        // The program's own way to end.
                        false if panic.exits => continue,
                        false => (Kind::Panicked, "raised", ", and nothing caught it", vec![]),
                    }
                }
            };
            evidence.push(panic.at);
            evidence.sort_unstable();
            evidence.dedup();
            found.push(Finding {
                kind,
                says: format!("{who} {verb}{}: {text}{but}", cast.at_line(panic.line)),
                lines: panic.line.into_iter().collect(),
                evidence,
            });
        }
        found
    }
}
