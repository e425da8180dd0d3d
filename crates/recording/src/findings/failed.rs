//! What went wrong and may not have been noticed: panics, exceptions that
//! nobody asked for, coroutines that nobody awaited.

use std::collections::BTreeMap;

use super::cast::Cast;
use super::{At, Finding, Kind};
use crate::event::{Event, Language, Line, Stream, TaskId, What};
use crate::session::Ending;
use crate::words::shorten;

/// As many characters of a message are shown.
const MESSAGE: usize = 80;

/// What failed.
#[derive(Debug, Default)]
pub struct Failures {
    panics: Vec<Panic>,
    /// What asyncio says of an exception, in the line after the next.
    announced: bool,
    /// What asyncio says of the tasks whose exception nobody retrieved, with the event.
    lost: Vec<(String, At)>,
    /// The coroutines never awaited: how often, where, the first event.
    unawaited: BTreeMap<(String, Option<Line>), (usize, At)>,
    /// The root future that ended last.
    root: Option<TaskId>,
}

#[derive(Debug)]
struct Panic {
    task: TaskId,
    text: String,
    line: Option<Line>,
    at: At,
}

impl Failures {
    /// Takes the event that is the `at`.
    pub(super) fn see(&mut self, at: At, event: &Event, cast: &Cast<'_>) {
        match &event.what {
            What::Panic { task, text, line } => {
                self.panics.push(Panic { task: *task, text: text.clone(), line: *line, at });
            }
            What::End { task } => self.root = Some(*task),
            What::Print { text, stream: Stream::Stderr, .. } => {
                if std::mem::take(&mut self.announced) {
                    self.lost.push((text.clone(), at));
                }
                self.announced = text.trim() == "Task exception was never retrieved";
                if let Some(name) = between(text, "RuntimeWarning: coroutine '", "' was never") {
                    // `main.py:9: RuntimeWarning: …`, which is where Python let go of
                    // it: in the line that made it, if nothing kept it.
                    let said = text.split(':').nth(1).and_then(|line| line.parse().ok());
                    let place = (name.to_owned(), said.filter(|line| cast.calls(*line, name)));
                    self.unawaited.entry(place).or_insert((0, at)).0 += 1;
                }
            }
            _ => {}
        }
    }

    /// What was found in a run that ended so.
    pub(super) fn finish(self, ending: &Ending, cast: &Cast<'_>) -> Vec<Finding> {
        let names = cast.names();
        let mut found = Vec::new();
        let mut lost = self.lost;
        for panic in &self.panics {
            let (who, text) = (names.of(panic.task), shorten(&panic.text, MESSAGE));
            let (kind, verb, but, mut evidence) = match cast.language {
                Language::Rust => (Kind::Panicked, "panicked", "", vec![panic.at]),
                Language::Python => {
                    // By the name that the program gave it, or else by its function's.
                    let name = cast.plain(panic.task);
                    let is = |(said, _): &(String, At)| {
                        between(said, "name='", "'") == Some(name)
                            || between(said, "coro=<", "(")
                                .is_some_and(|function| function.rsplit('.').next() == Some(name))
                    };
                    match lost.iter().position(is) {
                        Some(i) => {
                            let (_, said) = lost.remove(i);
                            let but = ", and nobody asked for its result";
                            (Kind::NotRetrieved, "raised", but, vec![said])
                        }
                        // It reached whoever awaited it, or called `asyncio.run`.
                        None if Some(panic.task) != self.root => continue,
                        None if *ending == Ending::Exit(0) => continue,
                        // The program's own way to end.
                        None if panic.text.starts_with("SystemExit") => continue,
                        None => (Kind::Panicked, "raised", ", and nothing caught it", vec![]),
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
        for ((name, line), (times, at)) in self.unawaited {
            let often = if times == 1 { String::new() } else { format!(" ({times} times)") };
            found.push(Finding {
                kind: Kind::NotAwaited,
                says: format!(
                    "the coroutine {name} was made{} and never awaited{often}: \
                     nothing of it ran",
                    cast.at_line(line)
                ),
                lines: line.into_iter().collect(),
                evidence: vec![at],
            });
        }
        found
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let rest = &text[text.find(before)? + before.len()..];
    rest.split_once(after).map(|(inner, _)| inner)
}
