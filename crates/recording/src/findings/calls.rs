//! Calls in threads: those for which none was free, and those that went on after
//! nobody waited for them any more.
//!
//! As of a held thread, what is shorter than 10 ms on virtual time and 100 ms on
//! the machine's clock is no finding.

use std::collections::BTreeMap;

use super::cast::Cast;
use super::finding::{At, Finding};
use super::kind::Kind;
use crate::event::{Called, Clock, Event, Header, Line, TaskId, What};
use crate::on::Held;
use crate::session::Ending;
use crate::words::{count, duration, list, round};

/// As many of those whose calls have the threads are named.
const MOST: usize = 3;

/// The calls of which anything was told.
#[derive(Debug)]
pub struct Calls {
    real: bool,
    /// What counts, in µs.
    least: u64,
    calls: BTreeMap<u32, Call>,
    /// Where each task was spawned.
    spawned: BTreeMap<TaskId, Line>,
    last: At,
}

#[derive(Debug, Default)]
struct Call {
    name: String,
    line: Option<Line>,
    /// It waits for one of so many threads, which these have.
    waits: Option<(At, u32, Vec<Held>)>,
    given_up: Option<At>,
    /// By nobody, but main was done.
    main_done: bool,
    over: Option<At>,
}

impl Calls {
    /// Of such a run.
    pub(super) fn new(header: &Header) -> Self {
        let real = header.clock == Clock::Real;
        let least = if real { 100_000 } else { 10_000 };
        let (calls, spawned) = (BTreeMap::new(), BTreeMap::new());
        Calls { real, least, calls, spawned, last: At::default() }
    }

    /// Takes the event that is the `at`.
    pub(super) fn see(&mut self, at: At, event: &Event) {
        self.last = at;
        if let What::Spawn { task, line: Some(line), .. } = event.what {
            self.spawned.insert(task, line);
        }
        let What::Call { call, how, task, name, threads, held, line } = &event.what else { return };
        let call = self.calls.entry(*call).or_default();
        if let Some(name) = name {
            call.name.clone_from(name);
            // A task that asyncio itself has made of the call is in no line.
            call.line = line.or_else(|| self.spawned.get(&(*task)?).copied());
        }
        match how {
            Called::Waits => call.waits = Some((at, threads.unwrap_or_default(), held.clone())),
            Called::Starts => call.waits = None,
            Called::GivenUp => call.given_up = Some(at),
            Called::MainDone => (call.given_up, call.main_done) = (Some(at), true),
            Called::Over => call.over = Some(at),
        }
    }

    /// Whether a call waits for a thread that none gives back: to the end.
    pub(super) fn starve(&self) -> bool {
        self.calls.values().any(|call| call.waits.is_some() && call.given_up.is_none())
    }

    /// What was found in a run that ended so.
    pub(super) fn finish(self, ending: &Ending, cast: &Cast<'_>) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut outlived: BTreeMap<(&str, Option<Line>, bool), Vec<&Call>> = BTreeMap::new();
        for call in self.calls.values() {
            if call.waits.is_some() {
                found.extend(self.without_thread(call, ending, cast));
            } else if self.outlived(call) >= self.least {
                outlived.entry((&call.name, call.line, call.main_done)).or_default().push(call);
            }
        }
        for ((name, line, main_done), calls) in outlived {
            let most = calls.iter().map(|call| self.outlived(call)).max().unwrap_or_default();
            let most = self.time(most);
            let (how, up) = match calls.len() {
                1 => (String::new(), ""),
                n => (format!(" {}", count(n, "time")), "up to "),
            };
            let went = match calls.iter().all(|call| call.over.is_some()) {
                true => "went on",
                false => "goes on",
            };
            let (since, why) = match main_done {
                true => ("main was done", "the runtime waits for it before it ends"),
                false => (
                    "it was given up",
                    "a timeout or a cancellation ends the wait for it, not the call",
                ),
            };
            found.push(Finding {
                kind: Kind::Outlived,
                says: format!(
                    "the call {name}{} {went} in its thread{how} after {since}, for {up}{most}: {why}",
                    cast.at(line)
                ),
                lines: line.into_iter().collect(),
                evidence: calls
                    .iter()
                    .flat_map(|call| call.given_up.into_iter().chain(call.over))
                    .collect(),
            });
        }
        found
    }

    /// A call for which no thread was free for as long as it was waited for.
    fn without_thread(&self, call: &Call, ending: &Ending, cast: &Cast<'_>) -> Option<Finding> {
        let (since, threads, held) = call.waits.as_ref()?;
        let then = match call.given_up {
            Some(until) if until.t - since.t < self.least => return None,
            Some(until) => format!("it was given up after {}", self.time(until.t - since.t)),
            None if ending.is_complete() => return None,
            None => "it waits for one until the end".to_owned(),
        };
        let names = cast.names();
        let who = |held: &Held| {
            let line = cast.at(held.line);
            held.task.map_or(format!("others{line}"), |task| format!("{}{line}", names.said(task)))
        };
        let mut have: Vec<String> = held.iter().map(who).collect();
        have.dedup();
        let have = list(&have.iter().map(String::as_str).collect::<Vec<_>>(), MOST);
        let pool = match threads {
            1 => "the only thread of its pool has a call".to_owned(),
            n => format!("all {n} threads of its pool have calls"),
        };
        let mut lines: Vec<Line> = call.line.into_iter().collect();
        lines.extend(held.iter().filter_map(|held| held.line));
        lines.dedup();
        Some(Finding {
            kind: Kind::NoThread,
            says: format!(
                "the call {}{} never began: {pool} of {have}, and {then}",
                call.name,
                cast.at(call.line)
            ),
            lines,
            evidence: [Some(*since), call.given_up].into_iter().flatten().collect(),
        })
    }

    /// For how long it went on after it was given up, in µs.
    fn outlived(&self, call: &Call) -> u64 {
        call.given_up.map_or(0, |at| call.over.unwrap_or(self.last).t - at.t)
    }

    fn time(&self, us: u64) -> String {
        if self.real { format!("about {}", duration(round(us))) } else { duration(us) }
    }
}
