//! What went to nobody: a notification that came before anybody waited for it,
//! values that a receiver was too slow or too late for, what was dropped half
//! done, a permit that nobody kept.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::Cast;
use super::finding::{At, Finding};
use super::kind::Kind;
use crate::event::{
    By, Event, Language, Line, Lost, ResourceId, ResourceKind, Source, TaskId, What,
};
use crate::on::On;
use crate::session::Ending;

/// What was lost, and who waits for it.
#[derive(Debug, Default)]
pub struct Losses {
    /// The last notification of each `Notify` that nobody got.
    notifications: BTreeMap<ResourceId, Notification>,
    /// Who waits for one of a `Notify` that nobody got.
    waiting: BTreeMap<TaskId, Missed>,
    /// Who had waited for one, or for its time, and woke for the time alone: `None`
    /// once it asked that `Notify` again, or got one.
    timed_out: BTreeMap<(TaskId, ResourceId), Option<TimedOut>>,
    /// Whether main is over.
    over: bool,
    /// Those of them that were ended with main.
    left: BTreeSet<TaskId>,
    /// Of each receiver of a broadcast channel that waits for its first message:
    /// where one was sent before it subscribed, and where it did so.
    late: BTreeMap<(TaskId, ResourceId), Late>,
    /// What was given back in the statement that took it.
    unkept: BTreeMap<u64, Unkept>,
    /// By who lagged behind, and where: how many values, and the first time.
    values: BTreeMap<(Option<TaskId>, Option<Line>), (u64, At)>,
    /// What was dropped half done.
    halves: BTreeMap<Half, Sum>,
}

/// Where a value was sent that nobody had asked for yet, where a receiver
/// subscribed after that, and when.
type Late = (Option<Line>, Option<Line>, At);

/// A read, a write or a branch.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Half {
    task: Option<TaskId>,
    what: Lost,
    call: String,
    line: Option<Line>,
    again: Option<Line>,
}

/// A lock or a semaphore of which something was given back as soon as it was taken.
#[derive(Debug)]
struct Unkept {
    of: Option<ResourceKind>,
    /// Who gave it back, where and when, as far as it is told.
    by: Vec<(Option<TaskId>, Option<Line>, At)>,
}

/// What was lost in all.
#[derive(Debug, Default)]
struct Sum {
    n: u64,
    times: u64,
    first: At,
}

/// What a task waits for that came before.
#[derive(Debug)]
struct Missed {
    resource: ResourceId,
    missed: Early,
    line: Option<Line>,
    at: At,
}

/// A wait for a notification, and the one before it.
#[derive(Debug)]
struct TimedOut {
    before: Notification,
    line: Option<Line>,
    at: At,
    /// Whether its time is over.
    is_over: bool,
}

/// What came before anybody waited for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Early {
    Notification,
    /// An event, which was set and cleared.
    Event,
    /// What a broadcast channel sent before the receiver subscribed.
    Message,
}

#[derive(Clone, Copy, Debug)]
struct Notification {
    by: Option<TaskId>,
    line: Option<Line>,
    at: At,
}

impl Losses {
    /// Takes the event that is the `at`.
    pub(super) fn see(&mut self, at: At, event: &Event) {
        match &event.what {
            What::Lost {
                task: Some(task),
                what: Lost::Notification,
                resource: Some(resource),
                n: Some(0),
                ..
            } => {
                self.timed_out.insert((*task, *resource), None);
            }
            What::Lost {
                task: by,
                what: Lost::Notification,
                resource: Some(resource),
                line,
                ..
            } => {
                let new = Notification { by: *by, line: *line, at };
                self.notifications.insert(*resource, new);
            }
            What::Lost {
                task: Some(task),
                what: Lost::Late,
                resource: Some(resource),
                n,
                line,
                again,
                ..
            } => {
                let key = (*task, *resource);
                match n {
                    Some(0) => self.late.remove(&key),
                    _ => self.late.insert(key, (*line, *again, at)),
                };
            }
            What::Lost { what: Lost::Kept, n: Some(n), .. } => {
                self.unkept.remove(n);
            }
            What::Lost { task, what: Lost::Unkept, n: Some(n), line, of, .. } => {
                let new = Unkept { of: *of, by: Vec::new() };
                self.unkept.entry(*n).or_insert(new).by.push((*task, *line, at));
            }
            What::Lost { task, what: Lost::Values, n, line, .. } => {
                let (all, _) = self.values.entry((*task, *line)).or_insert((0, at));
                *all += n.unwrap_or(1);
            }
            What::Lost { task, what, n, line, call, again, .. } => {
                let (call, n) = (call.clone().unwrap_or_default(), n.unwrap_or(1));
                let (line, again) = (*line, *again);
                let half = Half { task: *task, what: *what, call, line, again };
                let sum = self.halves.entry(half).or_insert(Sum { first: at, ..Sum::default() });
                sum.n += n;
                sum.times += 1;
            }
            What::Pending { task, on, line, .. } => {
                self.waiting.remove(task);
                self.waits_for_a_time(at, *task, on.as_deref().unwrap_or_default(), *line);
                let Some([on]) = on.as_deref() else { return };
                let Some(resource) = on.resource() else { return };
                let missed = match on {
                    On::Notification { .. } => Early::Notification,
                    On::Event { .. } => Early::Event,
                    On::Message { .. } => Early::Message,
                    _ => return,
                };
                let is_missed = match missed {
                    Early::Message => self.late.contains_key(&(*task, resource)),
                    _ => self.notifications.contains_key(&resource),
                };
                if is_missed {
                    self.waiting.insert(*task, Missed { resource, missed, line: *line, at });
                }
            }
            What::Spawn { by: None, .. } => self.over = false,
            What::End { .. } => self.over = true,
            What::Cancel { task, by: None, .. } if self.over => {
                self.left.insert(*task);
            }
            What::Wake { task, by } => {
                self.waiting.remove(task);
                let by_time = *by == By::Source(Source::Timer);
                for (_, wait) in self.timed_out.range_mut((*task, 0)..=(*task, ResourceId::MAX)) {
                    match wait {
                        Some(wait) if by_time || wait.is_over => wait.is_over = true,
                        _ => *wait = None,
                    }
                }
            }
            What::Cancel { task, .. } => {
                self.waiting.remove(task);
            }
            _ => {}
        }
    }

    /// A `task` waits `on` this: for a notification with a time set to it, if nobody
    /// got the last one. Who asks once more has a way to go on without it.
    fn waits_for_a_time(&mut self, at: At, task: TaskId, on: &[On], line: Option<Line>) {
        let asked = on.iter().filter(|on| matches!(on, On::Notification { .. }));
        for resource in asked.filter_map(On::resource) {
            let wait = match (self.timed_out.get(&(task, resource)), on) {
                (None, [On::Time { .. }, _] | [_, On::Time { .. }]) => self
                    .notifications
                    .get(&resource)
                    .map(|before| TimedOut { before: *before, line, at, is_over: false }),
                _ => None,
            };
            self.timed_out.insert((task, resource), wait);
        }
    }

    /// What was found, and the tasks that a notification would have helped; of
    /// the `awaited` somebody waited for the end.
    pub(super) fn finish(
        self,
        ending: &Ending,
        awaited: &BTreeSet<TaskId>,
        cast: &Cast<'_>,
    ) -> (Vec<Finding>, Vec<TaskId>) {
        let names = cast.names();
        let who = |task: Option<TaskId>| {
            task.map_or("somebody".to_owned(), |task| names.said(task).into_owned())
        };
        let (mut found, mut told) = (Vec::new(), Vec::new());
        for (task, Missed { resource, missed, line, at }) in &self.waiting {
            // Whoever may still be notified has missed nothing yet, and whom nobody
            // waited for may be a server, whom the next one would have reached.
            let is_given_up = self.left.contains(task) && awaited.contains(task);
            if *ending != Ending::Stuck && !is_given_up {
                continue;
            }
            told.push(*task);
            let waits = if is_given_up { "waited to the end" } else { "waits" };
            let (waits, at_line) = (format!("{} {waits}", names.said(*task)), cast.at(*line));
            let (says, there, since, first) = if *missed == Early::Message {
                let (sent, since, first) = self.late[&(*task, *resource)];
                let says = format!(
                    "{waits} for a message{at_line}, and the last one that was sent{} came before \
                     it subscribed{}: a broadcast channel keeps nothing for those who come later",
                    cast.at(sent),
                    cast.at(since),
                );
                (says, sent, since, first)
            } else {
                let Notification { by, line: there, at: first } = self.notifications[resource];
                let (by, at) = (who(by), cast.at(there));
                let keeps =
                    if cast.language == Language::Rust { "notify_waiters" } else { "a condition" };
                let says = match missed {
                    Early::Event => format!(
                        "{waits} for the event{at_line}, which {by} had set{at} and which was \
                         cleared before anybody saw it"
                    ),
                    _ => format!(
                        "{waits} for a notification{at_line}, and the one that {by} sent \
                         before{at} went to nobody: {keeps} keeps none for later"
                    ),
                };
                (says, there, None, first)
            };
            let lines = [*line, there, since].into_iter().flatten().collect();
            found.push(Finding { kind: Kind::Missed, says, lines, evidence: vec![first, *at] });
        }
        // `notify_waiters` is tokio's.
        let timed_out = (cast.language == Language::Rust).then_some(&self.timed_out);
        for ((task, _), wait) in timed_out.into_iter().flatten() {
            let Some(TimedOut { before, line, at, is_over: true }) = wait else { continue };
            let Notification { by, line: there, at: first } = before;
            let says = format!(
                "{} waited for a notification{} until its time was over, and the one that {} sent \
                 before{} went to nobody: notify_waiters keeps none for later",
                names.said(*task),
                cast.at(*line),
                who(*by),
                cast.at(*there),
            );
            let lines = [*line, *there].into_iter().flatten().collect();
            found.push(Finding { kind: Kind::Missed, says, lines, evidence: vec![*first, *at] });
        }
        found.extend(self.unkept.values().filter_map(|unkept| unkept.found(cast)));
        found.extend(self.halves.iter().map(|(half, sum)| half.found(sum, cast)));
        // A program that asks for it knows what to do.
        if !cast.mentions("Lagged") {
            for ((task, line), (n, at)) in &self.values {
                let values = if *n == 1 { "a value".to_owned() } else { format!("{n} values") };
                let says = format!(
                    "{} missed {values} of its broadcast channel{}: others came before it took \
                     them, and the program does not ask for the error that says so",
                    who(*task),
                    cast.at(*line),
                );
                let lines = line.iter().copied().collect();
                found.push(Finding { kind: Kind::Lagged, says, lines, evidence: vec![*at] });
            }
        }
        (found, told)
    }
}

impl Unkept {
    /// Nothing of what was taken only once: it may have been a way to wait.
    fn found(&self, cast: &Cast<'_>) -> Option<Finding> {
        let Some(((task, line, at), [second, ..])) = self.by.split_first() else { return None };
        let names = cast.names();
        let tasks: BTreeSet<TaskId> = [*task, second.0].into_iter().flatten().collect();
        let who = names.row(tasks);
        let (what, it) = match self.of {
            Some(ResourceKind::Semaphore) => ("a permit", "nothing is limited by it"),
            _ => ("the lock", "nothing is guarded by it"),
        };
        let says = format!(
            "{who} gave {what} back in the statement that took it{}: `let _` keeps nothing, so {it}",
            cast.at(*line),
        );
        let lines = line.iter().copied().collect();
        Some(Finding { kind: Kind::Unkept, says, lines, evidence: vec![*at, second.2] })
    }
}

impl Half {
    fn found(&self, sum: &Sum, cast: &Cast<'_>) -> Finding {
        let names = cast.names();
        let who = self.task.map_or("somebody".to_owned(), |task| names.said(task).into_owned());
        let Half { what, call, line, again, .. } = self;
        let bytes = |n: u64| if n == 1 { "a byte".to_owned() } else { format!("{n} bytes") };
        let (times, at, next) = (times(sum.times), cast.at(*line), cast.at(*again));
        let says = match what {
            Lost::Written => format!(
                "{who} left something half written: {call}{at} was dropped{times} after \
                 {}, and what was written next{next} follows these",
                bytes(sum.n)
            ),
            Lost::Message => {
                let (messages, it) = match sum.n {
                    1 => ("a message".to_owned(), "it"),
                    n => (format!("{n} messages"), "them"),
                };
                format!(
                    "{who} lost {messages} of its channel: {call} had taken {it}{at} and was \
                     dropped{times} before it was done, and then the next one was taken{next}"
                )
            }
            _ => format!(
                "{who} lost {}: {call}{at} had read {} and was dropped{times} before it had all, \
                 and the next read begins behind {}{next}",
                bytes(sum.n),
                if sum.n == 1 { "it" } else { "them" },
                if sum.n == 1 { "it" } else { "them" },
            ),
        };
        let mut lines: Vec<Line> = [*line, *again].into_iter().flatten().collect();
        lines.dedup();
        Finding { kind: Kind::HalfDone, says, lines, evidence: vec![sum.first] }
    }
}

/// ` 3 times`, of more than one.
fn times(n: u64) -> String {
    if n == 1 { String::new() } else { format!(" {n} times") }
}
