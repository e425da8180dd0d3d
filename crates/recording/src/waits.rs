//! What a task waits for, in words. Whoever shows it gets the words here, and
//! nobody reads them back.

use crate::event::{Language, TaskId};
use crate::names::Names;
use crate::on::{Close, Io, Mode, On, Room};
use crate::words::{nanoseconds, uncounted};

/// Of more tasks, one of which is enough, tokio's views say only how many.
const MOST_ENDS: usize = 3;

/// What a task waits for: `1 s or a message`, `foo and bar to finish`.
pub fn waits(on: &[On], names: &Names, language: Language) -> String {
    Speaker { names, language, counts: true }.any(on)
}

/// The same without what waits of one kind differ in: times and numbers, and those of
/// tasks.
pub fn alike(on: &[On], names: &Names, language: Language) -> String {
    Speaker { names, language, counts: false }.any(on)
}

/// Who says it.
#[derive(Clone, Copy)]
struct Speaker<'a> {
    names: &'a Names,
    language: Language,
    /// Whether with numbers.
    counts: bool,
}

impl Speaker<'_> {
    /// One of these is enough.
    fn any(self, on: &[On]) -> String {
        joined(&self.each(on), "or")
    }

    /// What is said of each, once.
    fn each(self, on: &[On]) -> Vec<String> {
        once(on.iter().map(|on| self.wait(on)))
    }

    fn number(self, n: usize) -> String {
        if self.counts { n.to_string() } else { String::new() }
    }

    /// What a task waits for, of one thing.
    fn wait(self, on: &On) -> String {
        let fixed = match on {
            On::Time { ns: Some(ns) } if self.counts => return nanoseconds(u128::from(*ns)),
            On::Time { ns: Some(_) } => "a time",
            On::Tasks { of, all, calls } => return self.ends(of, *all, *calls),
            On::Blocking { n: 1 } => "the blocking call to finish",
            On::Blocking { n } => {
                return format!("{} blocking calls to finish", self.number(*n as usize));
            }
            On::Permit { n: 1, .. } => "a permit",
            On::Permit { n, .. } => return format!("{} permits", self.number(*n as usize)),
            On::All { on } => return joined(&self.each(on), "and"),
            On::Any { on } => return joined(&self.each(on), "or"),
            On::Other { text } => text,
            On::Time { ns: None } => "ever",
            On::Tick => "the next tick",
            On::Lock { mode: Mode::Only, .. } => "the lock",
            On::Lock { mode: Mode::Read, .. } => "the lock, to read",
            On::Lock { mode: Mode::Write, .. } => "the lock, to write",
            On::Message { .. } => "a message",
            On::Room { of: Room::Channel, .. } => "room in the channel",
            On::Room { of: Room::Queue, .. } => "room in the queue",
            On::Room { of: Room::Stream, .. } => "room in the stream",
            On::Room { of: Room::Socket, .. } => "room in the socket",
            On::Room { of: Room::Output, .. } => "room to write",
            On::Close { of: Close::Channel, .. } => "the channel to close",
            On::Close { of: Close::Receiver, .. } => "the receiver to go",
            On::Close { of: Close::Receivers, .. } => "the receivers to go",
            On::Close { of: Close::Server, .. } => "the server to close",
            On::Close { of: Close::Connection, .. } => "the connection to close",
            On::Answer { .. } => "the answer",
            On::Value { fits: false, .. } => "a new value",
            On::Value { fits: true, .. } => "a value that fits",
            On::Cell { .. } => "the cell to be set",
            On::Barrier { .. } if self.language == Language::Rust => "the others at the barrier",
            On::Barrier { .. } => "the barrier",
            On::Notification { .. } => "a notification",
            On::Event { .. } => "the event",
            On::Turn => "its next turn",
            On::Io { what } => outside(*what),
            On::Work { .. } => "the queue to be worked off",
            On::Group => "the group to finish",
            On::Local => "its local tasks",
            On::Futures => "one of its futures",
            On::Next => "the next of them to finish",
            On::Future => "a future",
        };
        fixed.to_owned()
    }

    /// The end of tasks: `foo or bar to finish`.
    fn ends(self, of: &[TaskId], all: bool, calls: u32) -> String {
        if of.is_empty() && calls == 0 {
            return "one of its tasks to finish".to_owned();
        }
        if !all && self.language == Language::Rust && of.len() > MOST_ENDS {
            return format!("one of {} tasks to finish", self.number(of.len()));
        }
        let mut parts = match self.counts {
            true => of.iter().map(|task| self.names.said(*task).into_owned()).collect(),
            false => once(of.iter().map(|task| uncounted(self.names.base(*task)).into_owned())),
        };
        match calls {
            0 => {}
            1 => parts.push("the blocking call".to_owned()),
            calls => parts.push(format!("{} blocking calls", self.number(calls as usize))),
        }
        format!("{} to finish", joined(&parts, if all { "and" } else { "or" }))
    }
}

/// `words`, each once.
fn once(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for one in all {
        if !words.contains(&one) {
            words.push(one);
        }
    }
    words
}

/// Whether what is said of it ends in an addition, which a second comma has to
/// close where the sentence goes on: `the lock, to write, that it took`.
pub fn is_qualified(on: &On) -> bool {
    matches!(on, On::Lock { mode: Mode::Read | Mode::Write, .. })
}

fn outside(what: Io) -> &'static str {
    match what {
        Io::Data => "data",
        Io::Connection => "a connection",
        Io::Connections => "connections",
        Io::Connecting => "the connection",
        Io::Packet => "a packet",
        Io::Address => "the address",
        Io::File => "the file",
        Io::Input => "input",
        Io::Output => "the output to be written",
        Io::CtrlC => "Ctrl-C",
        Io::Signal => "a signal",
        Io::Process => "the other process",
        Io::ProcessStart => "the process to start",
        Io::ProcessEnd => "the process to end",
        Io::Listen => "the server to listen",
    }
}

/// `a`, `a or b`, `a, b or c`.
fn joined(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., one] => format!("{} {last} {one}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_needed_is_joined_by_and_and_what_is_enough_by_or() {
        let names = Names::new(["main", "foo", "bar", "baz", "qux"]);
        let tasks = |of: &[TaskId], all| On::Tasks { of: of.to_vec(), all, calls: 0 };
        let message = || On::Message { resource: None };
        let said = [
            vec![tasks(&[1, 2], true)],
            vec![tasks(&[1, 2, 3], false)],
            vec![tasks(&[1, 2, 3, 4], false)],
            vec![message(), message()],
            vec![tasks(&[1, 2, 3, 4], true)],
            vec![message(), On::Time { ns: Some(1_500_000) }],
            vec![On::All { on: vec![message(), tasks(&[1], true)] }],
            vec![On::Tasks { of: vec![1], all: true, calls: 2 }],
        ]
        .map(|on| waits(&on, &names, Language::Rust));
        insta::assert_snapshot!(said.join("\n"), @r"
        foo and bar to finish
        foo, bar or baz to finish
        one of 4 tasks to finish
        a message
        foo, bar, baz and qux to finish
        a message or 1.5 ms
        a message and foo to finish
        foo and 2 blocking calls to finish
        ");
    }
}
