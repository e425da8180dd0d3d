//! What happens over and over: a timer that is always set anew before it is
//! due, a channel that is always full, a task that gives its turn away and does
//! nothing else.

use std::collections::BTreeMap;

use super::cast::Cast;
use super::finding::{At, Finding};
use super::kind::Kind;
use super::unseen::MESSAGE;
use crate::event::{By, Event, How, Left, Line, Source, TaskId, What};
use crate::on::{On, Room};
use crate::session::Ending;
use crate::words::{count, duration, shorten};

/// A timer that was set less often may never have had a chance.
const SET: usize = 5;

/// A channel in which less often was no room had only a bad moment.
const FULL: usize = 10;

/// Who gives its turn away less often in a row lets others go first.
const TURNS: usize = 10_000;

/// A poll that took less, in µs, came to its end: nobody was kept waiting.
const LONG: u64 = 10_000;

/// What was repeated, by task and line.
#[derive(Debug, Default)]
pub struct Rounds {
    timers: BTreeMap<(TaskId, Option<Line>), Timer>,
    /// The timers under way: when each is due, and where it was set.
    due: BTreeMap<TaskId, Vec<(u64, Option<Line>)>>,
    /// How many branches of a task have the thread.
    branches: BTreeMap<TaskId, usize>,
    channels: BTreeMap<(TaskId, Option<Line>), Channel>,
    /// Who waits for room: where, and since when.
    full: BTreeMap<TaskId, (Option<Line>, u64)>,
    /// What tasks do in the poll under way: nothing but to poll branches.
    polls: BTreeMap<TaskId, Poll>,
    /// Polls that were over after as many, with how long they took: of each line
    /// the longest.
    long: BTreeMap<(TaskId, Option<Line>), (u64, Poll)>,
    /// What tasks did in a row of polls each of which ended for the next turn alone.
    rows: BTreeMap<TaskId, Poll>,
    /// How often in a row a task gave its turn away, where, and the last event.
    turns: BTreeMap<TaskId, (usize, Option<Line>, At)>,
}

/// A poll under way.
#[derive(Debug)]
pub(super) struct Poll {
    at: At,
    line: Option<Line>,
    /// How often a branch was polled.
    times: usize,
    /// How often each was ready.
    ready: BTreeMap<String, usize>,
}

impl Poll {
    /// Which of the branches is, if any.
    fn is_ready(&self) -> String {
        let often = self.ready.iter().max_by_key(|(_, times)| **times);
        often.map_or(String::new(), |(branch, _)| {
            format!(": {} is ready each time", shorten(branch, MESSAGE))
        })
    }
}

#[derive(Debug)]
struct Timer {
    set: usize,
    fired: bool,
    us: u64,
    first: At,
    last: At,
}

#[derive(Debug)]
struct Channel {
    times: usize,
    waited: u64,
    since: At,
    until: At,
}

impl Rounds {
    /// Takes the event that is the `at`.
    pub fn see(&mut self, at: At, event: &Event) {
        let t = event.t;
        if let What::Pending { task, .. } | What::Ready { task } = &event.what
            && let Some(poll) = self.polls.remove(task)
        {
            let (took, key) = (t - poll.at.t, (*task, poll.line));
            let is_longer = self.long.get(&key).is_none_or(|(longest, _)| took > *longest);
            if let What::Pending { on: Some(on), .. } = &event.what
                && **on == [On::Turn]
            {
                self.row(*task, &poll);
            }
            if poll.times >= TURNS && took >= LONG && is_longer {
                self.long.insert(key, (took, poll));
            }
        }
        match &event.what {
            What::Enter { task, .. } => {
                *self.branches.entry(*task).or_default() += 1;
                if let Some(poll) = self.polls.get_mut(task) {
                    poll.times += 1;
                }
            }
            What::Leave { task, branch, how } => {
                if let Some(poll) = self.polls.get_mut(task)
                    && *how == Left::Ready
                {
                    *poll.ready.entry(branch.clone()).or_default() += 1;
                }
                let open = self.branches.entry(*task).or_default();
                *open = open.saturating_sub(1);
            }
            What::Timer { task: Some(task), us, line } => {
                self.turns.remove(task);
                self.rows.remove(task);
                let inside = self.branches.get(task).is_some_and(|open| *open > 0);
                self.due.entry(*task).or_default().push((t.saturating_add(*us), *line));
                if inside {
                    let new = Timer { set: 0, fired: false, us: *us, first: at, last: at };
                    let timer = self.timers.entry((*task, *line)).or_insert(new);
                    timer.set += 1;
                    timer.us = timer.us.max(*us);
                    timer.last = at;
                }
            }
            What::Wake { task, by: By::Source(Source::Timer) } => {
                if let Some(due) = self.due.get_mut(task) {
                    for (_, line) in due.iter().filter(|(due, _)| *due <= t) {
                        if let Some(timer) = self.timers.get_mut(&(*task, *line)) {
                            timer.fired = true;
                        }
                    }
                    due.retain(|(due, _)| *due > t);
                }
            }
            What::Poll { task, line, .. } => {
                let poll = Poll { at, line: *line, times: 0, ready: BTreeMap::new() };
                self.polls.insert(*task, poll);
                // What another one does may be what is asked for.
                self.rows.retain(|other, _| other == task);
                let Some((line, since)) = self.full.remove(task) else { return };
                if let Some(channel) = self.channels.get_mut(&(*task, line)) {
                    channel.waited += t - since;
                    channel.until = at;
                }
            }
            What::Pending { task, on, line, .. } => match on.as_deref() {
                Some([On::Turn]) => {
                    let (times, place, last) = self.turns.entry(*task).or_default();
                    (*times, *place, *last) = (*times + 1, *line, at);
                }
                Some([On::Room { of: Room::Channel | Room::Queue, .. }]) => {
                    self.full.insert(*task, (*line, t));
                    let new = Channel { times: 0, waited: 0, since: at, until: at };
                    self.channels.entry((*task, *line)).or_insert(new).times += 1;
                }
                _ => {
                    self.turns.remove(task);
                    self.rows.remove(task);
                }
            },
            What::Block { task: Some(task), us: 0, line, .. } => {
                if let Some(poll) = self.polls.get_mut(task) {
                    poll.line = line.or(poll.line);
                }
            }
            What::Print { task: Some(task), .. } | What::Block { task: Some(task), .. } => {
                self.turns.remove(task);
                self.rows.remove(task);
                self.polls.remove(task);
            }
            What::Ready { task }
            | What::Panic { task, .. }
            | What::Cancelled { task }
            | What::Cancel { task, how: How::Drop, .. } => {
                self.turns.remove(task);
                self.rows.remove(task);
                self.polls.remove(task);
                self.due.remove(task);
                self.branches.remove(task);
            }
            _ => {}
        }
    }

    /// A `poll` of a task ended for its next turn: it goes on in the next one.
    fn row(&mut self, task: TaskId, poll: &Poll) {
        let new = Poll { at: poll.at, line: poll.line, times: 0, ready: BTreeMap::new() };
        let row = self.rows.entry(task).or_insert(new);
        row.times += poll.times;
        for (branch, times) in &poll.ready {
            *row.ready.entry(branch.clone()).or_default() += times;
        }
    }

    /// The tasks that poll their branches over and over in one poll, and were
    /// stopped in it.
    pub(super) fn spins(&self, ending: &Ending) -> Vec<(TaskId, &Poll)> {
        let spins = |poll: &Poll| !ending.is_complete() && poll.times >= TURNS;
        self.polls
            .iter()
            .filter(|(_, poll)| spins(poll))
            .map(|(task, poll)| (*task, poll))
            .collect()
    }

    /// What was found.
    pub(super) fn finish(self, ending: &Ending, cast: &Cast<'_>) -> Vec<Finding> {
        let names = cast.names();
        let mut found = Vec::new();
        for ((task, line), timer) in &self.timers {
            let within = timer.last.t - timer.first.t;
            if timer.fired || timer.set < SET || timer.us == 0 || within < 2 * timer.us {
                continue;
            }
            found.push(Finding {
                kind: Kind::TimerReset,
                says: format!(
                    "the timer of {}{} in {} was set {} within {} and never fired: \
                     each time something else came first, and the next round set it anew",
                    duration(timer.us),
                    cast.at_line(*line),
                    names.said(*task),
                    count(timer.set, "time"),
                    duration(within),
                ),
                lines: line.iter().copied().collect(),
                evidence: vec![timer.first, timer.last],
            });
        }
        for ((task, line), channel) in &self.channels {
            let within = channel.until.t - channel.since.t;
            if channel.times < FULL || within == 0 || channel.waited < within / 5 * 4 {
                continue;
            }
            found.push(Finding {
                kind: Kind::ChannelFull,
                says: format!(
                    "{} waited for room {}{}, {} of {} in all: what it sends to was always \
                     full, whoever takes from it is slower",
                    names.said(*task),
                    count(channel.times, "time"),
                    cast.at(*line),
                    duration(channel.waited),
                    duration(within),
                ),
                lines: line.iter().copied().collect(),
                evidence: vec![channel.since, channel.until],
            });
        }
        for (task, poll) in self.spins(ending) {
            let ready = poll.is_ready();
            found.push(Finding {
                kind: Kind::Spins,
                says: format!(
                    "{} polled its branches {} times or more in a row{} and did not give the \
                     thread back{ready}",
                    names.said(task),
                    poll.times,
                    cast.at(poll.line),
                ),
                lines: poll.line.into_iter().collect(),
                evidence: vec![poll.at],
            });
        }
        let is_told =
            |task: &TaskId| self.turns.get(task).is_some_and(|(times, ..)| *times >= TURNS);
        let rows = self.rows.iter().filter(|(task, row)| row.times >= TURNS && !is_told(task));
        for (task, row) in rows.filter(|_| !ending.is_complete()) {
            found.push(Finding {
                kind: Kind::Spins,
                says: format!(
                    "{} polled its branches {} times or more in a row{} and waited for nothing but \
                     its next turn in between{}",
                    names.said(*task),
                    row.times,
                    cast.at(row.line),
                    row.is_ready(),
                ),
                lines: row.line.into_iter().collect(),
                evidence: vec![row.at],
            });
        }
        for ((task, line), (_, poll)) in &self.long {
            let ready = poll.is_ready();
            found.push(Finding {
                kind: Kind::Spins,
                says: format!(
                    "{} polled its branches {TURNS} times or more in a row{} before it gave the \
                     thread back{ready}",
                    names.said(*task),
                    cast.at(*line),
                ),
                lines: line.iter().copied().collect(),
                evidence: vec![poll.at],
            });
        }
        // A program that comes to its end got what it spun for.
        for (task, (times, line, last)) in self.turns {
            if ending.is_complete() || times < TURNS {
                continue;
            }
            found.push(Finding {
                kind: Kind::Spins,
                says: format!(
                    "{} gave its turn away {} in a row{} and did nothing else that shows: \
                     does it ask over and over for what nobody tells it?",
                    names.said(task),
                    count(times, "time"),
                    cast.at(line),
                ),
                lines: line.into_iter().collect(),
                evidence: vec![last],
            });
        }
        found
    }
}
