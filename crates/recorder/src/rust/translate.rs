//! From raw records to events, one by one.

use std::collections::VecDeque;
use std::io::BufRead;

use anyhow::{Context, Result};

use super::raw::{For, Kind, Raw, RawWhat, StackId, Wait};
use super::source::Source;
use super::stacks::Stacks;
use super::strangers::{self, Stranger};
use super::survey::Survey;
use recording::event::{Event, How, Line, Stream, TaskId, What};
use recording::on::{Close, Held, Mode, On, Room};

/// The events of a run.
pub(super) struct Translate<R> {
    lines: R,
    /// The line that is being read.
    line: Vec<u8>,
    survey: Survey,
    source: Source,
    stacks: Stacks,
    /// Records not yet read.
    left: usize,
    /// When the first event was, in ns.
    start: Option<u64>,
    /// Where each task goes on.
    resumes: Vec<Option<Line>>,
    /// In a program without tasks, whether `main` has begun, and has ended.
    plain: Plain,
    /// The thread of the record at hand, where there are several.
    worker: Option<u32>,
    ready: VecDeque<Event>,
}

/// A program that never blocks on a future is one task itself, its `main`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plain {
    /// It has tasks.
    No,
    Asleep,
    Runs,
    Over,
}

impl<R: BufRead> Translate<R> {
    pub fn new(lines: R, survey: Survey, source: Source, stacks: Stacks) -> Self {
        let plain = if survey.is_plain() { Plain::Asleep } else { Plain::No };
        let left = survey.records;
        Translate {
            lines,
            line: Vec::new(),
            survey,
            source,
            stacks,
            left,
            start: None,
            resumes: Vec::new(),
            plain,
            worker: None,
            ready: VecDeque::new(),
        }
    }

    fn read(&mut self) -> Result<()> {
        self.line.clear();
        self.lines.read_until(b'\n', &mut self.line)?;
        self.left -= 1;
        let raw: Raw = serde_json::from_slice(&self.line).with_context(|| {
            let line = String::from_utf8_lossy(&self.line);
            format!("not a record of the stand-in for tokio: {line}")
        })?;
        self.take(raw);
        Ok(())
    }

    fn push(&mut self, ns: u64, what: What) {
        let start = *self.start.get_or_insert(ns);
        let t = (ns - start) / 1_000;
        self.ready.push_back(Event { t, worker: self.worker, file: None, what });
    }

    /// The task of something that happened outside the runtime's polls.
    fn task(&mut self, t: u64, k: Option<TaskId>, thread: Option<u32>) -> Option<TaskId> {
        if k.is_some() || thread.is_some() || self.plain == Plain::No {
            return k;
        }
        if self.plain == Plain::Asleep {
            self.plain = Plain::Runs;
            let line = self.source.main();
            self.push(t, What::Spawn { task: 0, name: "main".to_owned(), by: None, line });
            self.push(t, What::Poll { task: 0, line, inside: None });
        }
        // After a panic has unwound it, `main` is over, but not the process.
        (self.plain == Plain::Runs).then_some(0)
    }

    fn take(&mut self, Raw { t, w, what }: Raw) {
        self.worker = w;
        match what {
            RawWhat::Start { base } => self.stacks.set_base(base),
            RawWhat::Stack { s, ips } => self.stacks.add(s, &ips),
            RawWhat::Note { .. }
            | RawWhat::Stuck { .. }
            | RawWhat::Outside { .. }
            | RawWhat::Workers { .. }
            | RawWhat::Becomes { .. }
            | RawWhat::Flood { .. } => {}
            RawWhat::Spawn { k, kind, by, file, line, .. } => {
                let spawned = self.survey.task(k);
                self.resumes.push(spawned.first);
                let line = match kind {
                    Kind::Root => spawned.first,
                    Kind::Task if self.source.is(&file) => Line::try_from(line).ok(),
                    Kind::Task => None,
                };
                self.push(t, What::Spawn { task: k, name: spawned.name.clone(), by, line });
            }
            RawWhat::Poll { k, inside } => {
                let line = self.resumes[k as usize];
                self.push(t, What::Poll { task: k, line, inside });
            }
            RawWhat::Pending { k, on, via } => {
                let stacks = on.iter().map(|wait| wait.s).chain(via.iter().copied());
                let line = self.stacks.common(stacks);
                self.resumes[k as usize] = line;
                let on = self.on(&on, &via);
                self.push(t, What::Pending { task: k, on, line });
            }
            RawWhat::Ready { k } => self.push(t, What::Ready { task: k }),
            RawWhat::Cancel { k, by } => {
                self.push(t, What::Cancel { task: k, how: How::Drop, by });
            }
            RawWhat::Panic { k, text, s } => {
                let line = s.and_then(|s| self.stacks.line(s));
                self.push(t, What::Panic { task: k, text, line });
            }
            RawWhat::Stray { text, line, col, s } => self.stray(t, text, line, col, s),
            RawWhat::Wake { k, by } => self.push(t, What::Wake { task: k, by }),
            RawWhat::Timer { k, due, s } => {
                let (us, line) = (due.saturating_sub(t) / 1_000, self.stacks.line(s));
                self.push(t, What::Timer { task: Some(k), us, line });
            }
            RawWhat::Block { k, ns, s, thread } => {
                let (task, line) = (self.task(t, k, thread), self.stacks.line(s));
                self.push(t, What::Block { task, us: ns / 1_000, line });
            }
            RawWhat::Print { k, fd, text, s, thread } => {
                let (task, line) = (self.task(t, k, thread), self.stacks.line(s));
                let stream = if fd == 1 { Stream::Stdout } else { Stream::Stderr };
                self.push(t, What::Print { task, thread: None, text, stream, line });
            }
            RawWhat::Enter { k, branch } => self.push(t, What::Enter { task: k, branch }),
            RawWhat::Leave { k, branch, how } => {
                self.push(t, What::Leave { task: k, branch, how });
            }
            RawWhat::End { k } => self.push(t, What::End { task: k }),
            RawWhat::Exits { k, status, s, thread } => {
                let (task, line) = (self.task(t, k, thread), self.stacks.line(s));
                self.plain = Plain::Over;
                self.push(t, What::Exit { task, status, line });
            }
            RawWhat::Exit {} => self.exit(t),
        }
    }

    /// A panic outside every task: std prints it.
    fn stray(&mut self, t: u64, text: String, line: Line, col: u32, s: u32) {
        let at = self.stacks.line(s);
        if let Some(task) = self.task(t, None, None) {
            self.plain = Plain::Over;
            return self.push(t, What::Panic { task, text, line: at });
        }
        let head = format!("thread panicked at line {line}, column {col}:");
        for text in std::iter::once(head.as_str()).chain(text.lines()) {
            let stream = Stream::Stderr;
            self.push(
                t,
                What::Print { task: None, thread: None, text: text.to_owned(), stream, line: at },
            );
        }
    }

    /// The process ends by itself.
    fn exit(&mut self, t: u64) {
        if self.plain == Plain::Asleep {
            self.task(t, None, None);
        }
        if self.plain == Plain::Runs {
            self.plain = Plain::Over;
            self.push(t, What::Ready { task: 0 });
            self.push(t, What::End { task: 0 });
        }
    }

    /// What a task waits for; the end of tasks comes last, whichever leaf said it.
    fn on(&mut self, waits: &[Wait], via: &[StackId]) -> Option<Vec<On>> {
        let mut on: Vec<On> = Vec::new();
        let mut tasks: Vec<TaskId> = Vec::new();
        for wait in waits {
            let one = match &wait.r#for {
                For::Text(text) => of_text(text),
                For::Ns(ns) => On::Time { ns: Some(*ns) },
                For::Lock(task, s) => {
                    let held = vec![Held { task: *task, line: self.stacks.line(*s), file: None }];
                    On::Lock { resource: None, mode: Mode::Only, held }
                }
                For::Tasks(ids) => {
                    tasks.extend(ids);
                    continue;
                }
            };
            if !on.contains(&one) {
                on.push(one);
            }
        }
        if !tasks.is_empty() {
            on.push(On::Tasks { of: tasks, all: false, calls: 0 });
        }
        for stack in via {
            match strangers::wait(&self.stacks.within(*stack)) {
                Stranger::For(one) if !on.contains(&one) => on.push(one),
                Stranger::For(_) | Stranger::Nothing => {}
                // Nothing is said rather than half of it.
                Stranger::Unknown => return None,
            }
        }
        (!on.is_empty()).then_some(on)
    }
}

/// The kinds of what the stand-in says in words.
fn of_text(text: &str) -> On {
    let (resource, held) = (None, Vec::new());
    match text {
        "one of its tasks to finish" => On::Tasks { of: Vec::new(), all: false, calls: 0 },
        "the blocking call to finish" => On::Blocking { n: 1 },
        "its local tasks" => On::Local,
        "a permit" => On::Permit { n: 1, resource, held },
        "the channel to close" => On::Close { of: Close::Channel, resource },
        "the receiver to go" => On::Close { of: Close::Receiver, resource },
        "the receivers to go" => On::Close { of: Close::Receivers, resource },
        "a message" => On::Message { resource },
        "the others at the barrier" => On::Barrier { resource },
        "the cell to be set" => On::Cell { resource, held },
        "the lock" => On::Lock { resource, mode: Mode::Only, held },
        "the lock, to read" => On::Lock { resource, mode: Mode::Read, held },
        "the lock, to write" => On::Lock { resource, mode: Mode::Write, held },
        "room in the channel" => On::Room { of: Room::Channel, resource },
        "the answer" => On::Answer { resource },
        "a new value" => On::Value { fits: false, resource },
        "a value that fits" => On::Value { fits: true, resource },
        "a notification" => On::Notification { resource },
        "one of its futures" => On::Futures,
        "the next tick" => On::Tick,
        "its next turn" => On::Turn,
        _ => match text.strip_suffix(" permits").and_then(|n| n.parse().ok()) {
            Some(n) => On::Permit { n, resource, held },
            None => On::Other { text: text.to_owned() },
        },
    }
}

impl<R: BufRead> Iterator for Translate<R> {
    type Item = Result<Event>;

    fn next(&mut self) -> Option<Result<Event>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(Ok(event));
            }
            if self.left == 0 {
                return None;
            }
            if let Err(error) = self.read() {
                self.left = 0;
                return Some(Err(error));
            }
        }
    }
}
