//! What asyncio had nobody to tell of: exceptions, tasks and coroutines that were
//! lost, a loop that another thread called, tasks that do not stop.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::Cast;
use super::finding::{At, Finding};
use super::kind::Kind;
use crate::event::{By, Clock, Event, Header, How, Line, TaskId, Trouble, What};
use crate::names::Names;
use crate::on::On;
use crate::session::Ending;
use crate::thread::Thread;
use crate::words::{count, duration, round, shorten};

/// As many characters of a message are shown.
pub(super) const MESSAGE: usize = 80;

/// What was lost.
#[derive(Debug, Default)]
pub struct Lost {
    /// On the machine's clock things take their time.
    real: bool,
    /// By what it was, whose, where, and the words of it: how often, and when first.
    troubles: BTreeMap<Key, (usize, At)>,
    /// The timeouts whose own futures kept them from firing: whose, where and
    /// after how many µs; how often, and when first.
    overrun: BTreeMap<Overrun, (usize, At)>,
    /// Timeouts that had no effect: whose, and where.
    outlasted: BTreeMap<(Option<TaskId>, Option<Line>), Outlasted>,
    /// Timeouts that their task did not poll when they were due: how often, the
    /// first, by how much the latest was late, and where the task stood.
    unpolled: BTreeMap<Overrun, Unpolled>,
    /// Branches that were passed over: when, and how many µs. `None` of those that
    /// were looked at again: a loop that goes on may mean to serve others first.
    passed: BTreeMap<Branch, Option<(At, u64)>>,
    /// What each task waited for last, and where.
    waits: BTreeMap<TaskId, (Option<Vec<On>>, Option<Line>)>,
    /// The same of who has been polled since: what it waited for before.
    stood: BTreeMap<TaskId, (Option<Vec<On>>, Option<Line>)>,
    /// Whether main is over.
    over: bool,
    /// Who was told to stop, and where it went on all the same.
    told: BTreeMap<TaskId, Told>,
    /// From whom asyncio kept that, and within what, in which line: when it was told,
    /// when it went on.
    kept: BTreeMap<TaskId, (Told, String, Option<Line>)>,
}

/// Whose branch, in which line, and what it awaits.
type Branch = (Option<TaskId>, Option<Line>, String);

/// Whose timeout, in which line, of how many µs.
type Overrun = (Option<TaskId>, Option<Line>, u64);

/// What it was, whose, where it was raised, its words, in which thread, where it was
/// asked for.
type Key = (Trouble, Option<TaskId>, Option<Line>, String, Option<Thread>, Option<Line>);

/// A timeout that had no effect: how often, when first, and for how many µs what it was
/// to end went on at most.
#[derive(Debug)]
struct Outlasted {
    times: usize,
    first: At,
    us: u64,
}

/// A timeout that its task did not poll.
#[derive(Debug)]
struct Unpolled {
    times: usize,
    first: At,
    /// In microseconds.
    late: u64,
    stands: Option<Line>,
}

#[derive(Clone, Debug)]
struct Told {
    at: At,
    /// Who told it, if that is known.
    by: Option<By>,
    /// It has had a step since.
    stepped: bool,
    /// How often it was suspended again since then, and when and where the last time.
    times: usize,
    went_on: Option<(At, Option<Line>)>,
    /// It was a timeout of its own, which it does not heed.
    ignores: bool,
    /// What it waited for then, and where.
    stood: (Option<Vec<On>>, Option<Line>),
}

impl Lost {
    /// Of such a run.
    pub fn new(header: &Header) -> Self {
        Lost { real: header.clock == Clock::Real, ..Lost::default() }
    }

    /// Takes the event that is the `at`.
    pub(super) fn see(&mut self, at: At, event: &Event) {
        match &event.what {
            What::Trouble { what: Trouble::Timeout, task, us: Some(us), line, .. } => {
                self.overrun.entry((*task, *line, *us)).or_insert((0, at)).0 += 1;
            }
            What::Trouble {
                what: Trouble::PassedOver,
                task,
                us: Some(us),
                text: Some(text),
                line,
                ..
            } => {
                let branch = (*task, *line, text.clone());
                self.passed.entry(branch).or_insert(Some((at, *us)));
            }
            What::Enter { task, branch, .. } => {
                for ((of, _, text), passed) in &mut self.passed {
                    if *of == Some(*task) && text == branch {
                        *passed = None;
                    }
                }
            }
            What::Trouble { what: Trouble::Late | Trouble::Unread | Trouble::Read, .. } => {}
            What::Trouble { what: Trouble::Outlasted, task, us: Some(us), line, .. } => {
                let least = if self.real { 100_000 } else { 10_000 };
                if *us >= least {
                    let new = Outlasted { times: 0, first: at, us: 0 };
                    let outlasted = self.outlasted.entry((*task, *line)).or_insert(new);
                    outlasted.times += 1;
                    outlasted.us = outlasted.us.max(*us);
                }
            }
            What::Trouble { what: what @ (Trouble::Ignores | Trouble::Heeds), task, .. } => {
                if let Some(told) = task.and_then(|task| self.told.get_mut(&task)) {
                    told.ignores = *what == Trouble::Ignores;
                }
            }
            What::Trouble { what: Trouble::Swallowed, task: Some(task), text, line, .. } => {
                if let Some(told) = self.told.remove(task)
                    && let Some(within) = text
                {
                    self.kept.entry(*task).or_insert((told, within.clone(), *line));
                }
            }
            What::Trouble {
                what: Trouble::Unpolled,
                task: Some(task),
                us: Some(us),
                late: Some(late),
                line,
                ..
            } => {
                let Some((Some(on), stands)) = self.stood.get(task) else { return };
                // Of futures that it waits for the timeout may be one.
                if !on.iter().flat_map(On::parts).any(|on| matches!(on, On::Futures)) {
                    let new = Unpolled { times: 0, first: at, late: 0, stands: *stands };
                    let unpolled = self.unpolled.entry((Some(*task), *line, *us)).or_insert(new);
                    unpolled.times += 1;
                    unpolled.late = unpolled.late.max(*late);
                }
            }
            What::Trouble { what, task, text, thread, line, asked, .. } => {
                let words = text.clone().unwrap_or_default();
                let key = (*what, *task, *line, words, thread.clone(), *asked);
                self.troubles.entry(key).or_insert((0, at)).0 += 1;
            }
            What::Pending { task, on, line, .. } => {
                self.waits.insert(*task, (on.clone(), *line));
                if let Some(told) = self.told.get_mut(task)
                    && told.stepped
                {
                    told.went_on = Some((at, *line));
                    told.times += 1;
                }
                if let Some((told, ..)) = self.kept.get_mut(task) {
                    told.went_on.get_or_insert((at, *line));
                }
            }
            What::Poll { task, .. } => {
                if let Some(wait) = self.waits.remove(task) {
                    self.stood.insert(*task, wait);
                }
                if let Some(told) = self.told.get_mut(task) {
                    told.stepped = true;
                }
            }
            What::Cancel { task, how: How::Throw, by, .. } => {
                let (stepped, ignores) = (false, false);
                let stood = self.waits.get(task).cloned().unwrap_or_default();
                let told = Told { at, by: *by, stepped, times: 0, went_on: None, ignores, stood };
                self.told.entry(*task).or_insert(told);
            }
            What::Ready { task } | What::Panic { task, .. } | What::Cancelled { task } => {
                self.told.remove(task);
            }
            What::End { .. } => self.over = true,
            // Another run has begun.
            What::Spawn { by: None, .. } => self.over = false,
            _ => {}
        }
    }

    /// The tasks whose exceptions nobody asked for.
    pub(super) fn unasked(&self) -> BTreeSet<TaskId> {
        let is = |(what, task, ..): &Key| (*what == Trouble::NeverRetrieved).then_some(*task)?;
        self.troubles.keys().filter_map(is).collect()
    }

    /// What was found.
    pub(super) fn finish(self, ending: &Ending, cast: &Cast<'_>) -> Vec<Finding> {
        let names = cast.names();
        let mut found = self.swallowed(ending, &names, cast);
        found.extend(self.kept(&names, cast));
        for ((task, line, us), (times, at)) in &self.overrun {
            let who = task.map_or(String::new(), |task| format!(" in {}", names.said(task)));
            let often = often(*times);
            let (limit, at_line) = (duration(*us), cast.at_line(*line));
            let says = format!(
                "the timeout of {limit}{at_line}{who} could not fire in time: its own future had \
                 the thread when it was due{often}"
            );
            let lines = line.iter().copied().collect();
            found.push(Finding { kind: Kind::Held, says, lines, evidence: vec![*at] });
        }
        for ((task, line), Outlasted { times, first, us }) in &self.outlasted {
            if task.is_some_and(|task| self.kept.contains_key(&task)) {
                // Then asyncio has caught it, which is said.
                continue;
            }
            let who = task.map_or(String::new(), |task| format!(" in {}", names.said(task)));
            let up = if *times == 1 { "" } else { "up to " };
            let (at_line, often) = (cast.at_line(*line), often(*times));
            let long = duration(if self.real { round(*us) } else { *us });
            let says = format!(
                "the timeout{at_line}{who} ran out, and what it was to end went on for {up}{long} \
                 and then ended as if nothing had been{often}: what catches CancelledError there \
                 has to raise it again"
            );
            let lines = line.iter().copied().collect();
            found.push(Finding { kind: Kind::Uncancelled, says, lines, evidence: vec![*first] });
        }
        for ((task, line, us), unpolled) in &self.unpolled {
            let Unpolled { times, first, late, stands } = unpolled;
            let who = task.map_or_else(Default::default, |task| names.said(task));
            let (limit, at_line, often) = (duration(*us), cast.at_line(*line), often(*times));
            let up = if *times == 1 { "" } else { "up to " };
            let says = format!(
                "the timeout of {limit}{at_line} in {who} ran out and was seen {up}{} later: {who} \
                 waited for other things then{} and did not poll it{often}",
                duration(*late),
                cast.at(*stands),
            );
            let lines = line.iter().chain(stands).copied().collect();
            found.push(Finding { kind: Kind::Unpolled, says, lines, evidence: vec![*first] });
        }
        for ((task, line, branch), passed) in &self.passed {
            let Some((at, us)) = passed else { continue };
            let who = task.map_or_else(Default::default, |task| names.said(task));
            let says = format!(
                "{who} saw that {}{} was ready {} late: each time before another branch of its \
                 select! was ready first",
                shorten(branch, MESSAGE),
                cast.at(*line),
                duration(*us),
            );
            let lines = line.iter().copied().collect();
            found.push(Finding { kind: Kind::PassedOver, says, lines, evidence: vec![*at] });
        }
        for ((what, task, line, words, thread, asked), (times, at)) in &self.troubles {
            let mut lines: Vec<Line> = line.iter().copied().collect();
            let (at_line, text) = (cast.at_line(*line), shorten(words, MESSAGE));
            let mut often = often(*times);
            let who = task.map(|task| names.said(task));
            let who = who.as_deref();
            let other = thread.as_ref().map_or("a thread".into(), Thread::words);
            let other = shorten(&other, MESSAGE);
            let (kind, says) = match what {
                // Told with the tasks that failed.
                Trouble::NeverRetrieved if task.is_some() => continue,
                Trouble::NeverRetrieved => (
                    Kind::NotRetrieved,
                    format!("a future has the exception {text}, and nobody asked for it"),
                ),
                Trouble::Destroyed => {
                    let stood = task.and_then(|task| self.waits.get(&task));
                    let (on, stood) = stood.cloned().unwrap_or_default();
                    let on = cast.waits(on.as_deref(), &names, "something that is not known");
                    lines.extend(stood);
                    (
                        Kind::Destroyed,
                        format!(
                            "{} was destroyed unfinished, still waiting for {on}{}: nothing \
                             kept it",
                            who.unwrap_or("a task"),
                            cast.at(stood)
                        ),
                    )
                }
                Trouble::Thread => (
                    Kind::OtherThread,
                    format!(
                        "{other} called the loop{at_line}, which is another thread's: it \
                         may not wake for that; call_soon_threadsafe or \
                         run_coroutine_threadsafe wakes it"
                    ),
                ),
                Trouble::NeverAwaited => (
                    Kind::NotAwaited,
                    format!(
                        "the coroutine {text} was made{at_line} and never awaited{}: nothing of \
                         it ran",
                        std::mem::take(&mut often)
                    ),
                ),
                Trouble::Panic => (Kind::Panicked, format!("{other} panicked{at_line}: {text}")),
                Trouble::Signal => (
                    Kind::OtherThread,
                    format!(
                        "the handler of {text} called the loop{at_line} while that was asleep, \
                         and it does not wake for that; loop.add_signal_handler, or \
                         call_soon_threadsafe in the handler, wakes it"
                    ),
                ),
                // Told where they matter.
                Trouble::Timeout
                | Trouble::Unpolled
                | Trouble::PassedOver
                | Trouble::Outlasted
                | Trouble::Late
                | Trouble::Unread
                | Trouble::Read
                | Trouble::Swallowed
                | Trouble::Ignores
                | Trouble::Heeds => continue,
                Trouble::Callback => match cast.shown(*asked) {
                    Some(asked) => {
                        lines.push(asked);
                        unseen(&format!("a callback set at {}", asked.words()), at_line, &text)
                    }
                    None => unseen("a callback", at_line, &text),
                },
                Trouble::Handler => {
                    unseen(who.unwrap_or("the handler of a connection"), at_line, &text)
                }
                Trouble::Protocol => unseen("a protocol", at_line, &text),
                Trouble::Generator => unseen("closing an asynchronous generator", at_line, &text),
                Trouble::Other => unseen("something within asyncio", at_line, &text),
                Trouble::Complaint => {
                    (Kind::Unseen, format!("asyncio's exception handler was told: {text}"))
                }
            };
            found.push(Finding { kind, says: says + &often, lines, evidence: vec![*at] });
        }
        found
    }

    /// Those who were told to stop, and do not: at the end of main, which waits for
    /// them, or by whoever waits for their end, or by a timeout of their own.
    fn swallowed(&self, ending: &Ending, names: &Names, cast: &Cast<'_>) -> Vec<Finding> {
        if ending.is_complete() {
            return Vec::new();
        }
        let went_on = self.told.iter().filter_map(|(task, told)| {
            let (since, line) = told.went_on?;
            let (by, or) = match told.by {
                _ if self.over => ("", "the program waits for it for ever".to_owned()),
                // It waits for the same thing again, and that never comes.
                Some(By::Task(by))
                    if *ending == Ending::Stuck
                        && self.waits_for(by, *task)
                        && self.waits.get(task) == Some(&told.stood) =>
                {
                    ("", format!("{} waits for it for ever", names.said(by)))
                }
                _ if *ending == Ending::Stuck || told.times < 2 => return None,
                _ if told.ignores => {
                    (" by a timeout of its own", "the timeout is never over".to_owned())
                }
                Some(By::Task(by)) if self.waits_for(by, *task) => {
                    ("", format!("{} waits for it for ever", names.said(by)))
                }
                // A group does so when another one of its tasks has failed.
                Some(By::Task(_)) => {
                    let waits = self.waits.keys().find(|other| self.waits_for(**other, *task))?;
                    ("", format!("{} waits for it for ever", names.said(*waits)))
                }
                _ => return None,
            };
            let says = format!(
                "{} was cancelled{by} and goes on{}: what catches CancelledError in it has to \
                 raise it again, or {or}",
                names.said(*task),
                cast.at(line)
            );
            let evidence = vec![told.at, since];
            Some(Finding {
                kind: Kind::Uncancelled,
                says,
                lines: line.into_iter().collect(),
                evidence,
            })
        });
        went_on.collect()
    }

    /// Those who were told to stop, heard nothing of it, and were suspended again.
    fn kept(&self, names: &Names, cast: &Cast<'_>) -> Vec<Finding> {
        let went_on = self.kept.iter().filter_map(|(task, (told, within, line))| {
            let (since, _) = told.went_on?;
            let by = match told.by {
                Some(By::Task(by)) => format!(" by {}", names.said(by)),
                _ => String::new(),
            };
            let at = cast.at_line(*line);
            let why = match &**within {
                "group" => format!(
                    "its TaskGroup{at} failed at the same moment, and up to Python 3.12 keeps the \
                     CancelledError to itself"
                ),
                within => format!(
                    "its {within}{at} had a result at the same moment, and up to Python 3.11 \
                     keeps the CancelledError to itself"
                ),
            };
            Some(Finding {
                kind: Kind::Uncancelled,
                says: format!("{} was cancelled{by} and goes on: {why}", names.said(*task)),
                lines: line.iter().copied().collect(),
                evidence: vec![told.at, since],
            })
        });
        went_on.collect()
    }

    /// Whether a task waits for another one's end.
    fn waits_for(&self, task: TaskId, other: TaskId) -> bool {
        let on = self.waits.get(&task).and_then(|(on, _)| on.as_deref()).unwrap_or_default();
        on.iter().filter_map(On::ends).any(|(of, _)| of.contains(&other))
    }
}

/// ` (3 times)`
fn often(times: usize) -> String {
    if times == 1 { String::new() } else { format!(" ({})", count(times, "time")) }
}

fn unseen(who: &str, at: String, text: &str) -> (Kind, String) {
    (Kind::Unseen, format!("{who} raised{at}: {text}, and nothing caught it"))
}
