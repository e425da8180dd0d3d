//! From raw records to events, one by one.

use std::collections::{HashMap, HashSet, VecDeque};

use anyhow::Result;

use super::raw::{Kind, Raw, RawWhat, StackId, Wait};
use super::records::Records;
use super::source::Source;
use super::stacks::Stacks;
use super::survey::Survey;
use super::waits;
use crate::lent::Lent;
use recording::awaits::Await;
use recording::event::{
    By, Event, How, Line, Lost, Source as Waker, Stream, TaskId, Trouble, What,
};
use recording::on::On;
use recording::thread::Thread;

/// The events of a run.
pub(super) struct Translate {
    records: Records,
    survey: Survey,
    source: Source,
    stacks: Lent<Stacks>,
    /// All has been read.
    is_over: bool,
    /// When the first event was, in ns.
    start: Option<u64>,
    /// Where each task goes on.
    resumes: Vec<Option<Line>>,
    /// In a program without tasks, whether `main` has begun, and has ended.
    plain: Plain,
    /// Tasks that have given others a turn, and wait for nothing else.
    in_turn: HashSet<TaskId>,
    /// Resources that no event has mentioned yet.
    untold: HashMap<u32, What>,
    /// Those of which it was told that a guard was not kept.
    unkept: HashSet<u64>,
    /// The thread of the record at hand, where there are several.
    worker: Option<u32>,
    ready: VecDeque<Event>,
    /// The chains of awaits by their stacks, if they are to be told.
    awaits: Option<HashMap<StackId, Vec<Await>>>,
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

impl Translate {
    /// `awaits`: with the chain of awaits of each suspension.
    pub fn new(
        records: Records,
        survey: Survey,
        source: Source,
        stacks: Lent<Stacks>,
        awaits: bool,
    ) -> Self {
        let plain = if survey.is_plain() { Plain::Asleep } else { Plain::No };
        Translate {
            records,
            survey,
            source,
            stacks,
            is_over: false,
            start: None,
            resumes: Vec::new(),
            plain,
            in_turn: HashSet::new(),
            untold: HashMap::new(),
            unkept: HashSet::new(),
            worker: None,
            ready: VecDeque::new(),
            awaits: awaits.then(HashMap::new),
        }
    }

    fn read(&mut self) -> Result<()> {
        match self.records.next(|_| true)? {
            Some(raw) => self.take(raw),
            None => self.is_over = true,
        }
        Ok(())
    }

    fn push(&mut self, ns: u64, what: What) {
        let start = *self.start.get_or_insert(ns);
        let t = (ns - start) / 1_000;
        self.ready.push_back(Event { t, worker: self.worker, what });
    }

    /// The task of something that happened outside the runtime's polls.
    fn task(&mut self, t: u64, k: Option<TaskId>, thread: Option<&Thread>) -> Option<TaskId> {
        if k.is_some() || self.plain == Plain::No {
            return k;
        }
        // Whatever thread does something, `main` has begun before.
        if self.plain == Plain::Asleep {
            self.plain = Plain::Runs;
            let line = self.source.main();
            self.push(t, What::Spawn { task: 0, name: "main".to_owned(), by: None, line });
            self.push(t, What::Poll { task: 0, line, inside: None });
        }
        // After a panic has unwound it, `main` is over, but not the process.
        (self.plain == Plain::Runs && thread.is_none()).then_some(0)
    }

    /// The thread on which something happens, where neither a task nor a worker's
    /// number says who does it.
    fn thread(&self, task: Option<TaskId>, thread: Option<Thread>) -> Option<Thread> {
        let nobody = task.is_none() && self.worker.is_none();
        nobody.then(|| thread.unwrap_or(Thread::Main))
    }

    fn take(&mut self, Raw { t, w, what }: Raw) {
        self.worker = w;
        match what {
            RawWhat::Start { base } => self.stacks.set_base(base),
            RawWhat::Stack { s, ips } => self.stacks.add(s, &ips),
            RawWhat::Note { .. }
            | RawWhat::Choice { .. }
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
                    Kind::Task => self.source.line(&file, line),
                };
                self.push(t, What::Spawn { task: k, name: spawned.name.clone(), by, line });
            }
            RawWhat::Poll { k, inside } => {
                let line = self.resumes[k as usize];
                self.push(t, What::Poll { task: k, line, inside });
            }
            RawWhat::Pending { k, on } => {
                let line = self.stacks.common(waits::stack_ids(&on).into_iter());
                self.resumes[k as usize] = line;
                self.mention(t, &waits::resources(&on));
                let awaits = self.awaits(&on);
                let on = waits::any(&on, &self.stacks);
                if on.as_deref() == Some(&[On::Turn]) {
                    self.in_turn.insert(k);
                } else {
                    self.in_turn.remove(&k);
                }
                self.push(t, What::Pending { task: k, on, line, awaits });
            }
            RawWhat::Resource { r, kind, file, line, col } => {
                let (name, line) = match (file, line, col) {
                    (Some(file), Some(line), Some(col)) => {
                        (self.source.made(&file, line, col), self.source.line(&file, line))
                    }
                    _ => (None, None),
                };
                self.untold.insert(r, What::Resource { resource: r, kind, name, line });
            }
            RawWhat::Hold { r, held } => {
                self.mention(t, &[r]);
                let held = waits::held(&held, &self.stacks);
                self.push(t, What::Hold { resource: r, held });
            }
            RawWhat::Lost { what: Lost::Unkept, s, .. }
                if !self.stacks.line(s).is_some_and(|line| self.source.discards(line)) => {}
            RawWhat::Lost { what: Lost::Kept, n, .. }
                if !n.is_some_and(|n| self.unkept.contains(&n)) => {}
            RawWhat::Lost { k, what, r, n, s, of, call, again } => {
                if let (Lost::Unkept, Some(n)) = (what, n) {
                    self.unkept.insert(n);
                }
                self.mention(t, r.as_slice());
                let (line, again) = (self.stacks.line(s), again.and_then(|s| self.stacks.line(s)));
                self.push(t, What::Lost { task: k, what, resource: r, n, line, of, call, again });
            }
            RawWhat::Ready { k } => self.push(t, What::Ready { task: k }),
            RawWhat::Cancel { k, by, set } => {
                let set = set == Some(true);
                self.push(t, What::Cancel { task: k, how: How::Drop, by, set });
            }
            RawWhat::Call { call, how, k: task, file, line, threads, held } => {
                let name = Some("spawn_blocking".to_owned());
                let (line, held) =
                    (self.source.line(&file, line), waits::held(&held, &self.stacks));
                self.push(t, What::Call { call, how, task, name, threads, held, line });
            }
            RawWhat::Panic { k, text, s } => {
                let line = s.and_then(|s| self.stacks.line(s));
                self.push(t, What::Panic { task: k, text, exits: false, line });
            }
            RawWhat::Stray { text, line, col, s, thread } => {
                self.stray(t, text, (line, col), s, thread);
            }
            RawWhat::Wake { k, by } => {
                // It is the runtime that has kept its waker until all others had a turn.
                let by = match by {
                    By::Source(Waker::Io) if self.in_turn.contains(&k) => {
                        By::Source(Waker::Runtime)
                    }
                    by => by,
                };
                self.push(t, What::Wake { task: k, by });
            }
            RawWhat::Timer { k, due, s } => {
                let (us, line) = (due.saturating_sub(t) / 1_000, self.stacks.line(s));
                self.push(t, What::Timer { task: Some(k), us, line });
            }
            RawWhat::Block { k, ns, s, thread } => {
                let (task, line) = (self.task(t, k, thread.as_ref()), self.stacks.line(s));
                let thread = self.thread(task, thread);
                self.push(t, What::Block { task, thread, us: ns / 1_000, line });
            }
            RawWhat::Overrun { k: task, limit, s, late } => {
                let (line, us) = (self.stacks.line(s), Some(limit / 1_000));
                let what = if late.is_some() { Trouble::Unpolled } else { Trouble::Timeout };
                let (text, thread, asked) = (None, None, None);
                let late = late.map(|late| late / 1_000);
                self.push(t, What::Trouble { what, task, text, us, late, thread, line, asked });
            }
            RawWhat::Passed { k, branch, late, s } => {
                let (line, us) = (self.stacks.line(s), Some(late / 1_000));
                let (what, task, text) = (Trouble::PassedOver, Some(k), Some(branch));
                let (late, thread, asked) = (None, None, None);
                self.push(t, What::Trouble { what, task, text, us, late, thread, line, asked });
            }
            RawWhat::Print { k, fd, text, s, thread } => {
                let (task, line) = (self.task(t, k, thread.as_ref()), self.stacks.line(s));
                let thread = self.thread(task, thread);
                let stream = if fd == 1 { Stream::Stdout } else { Stream::Stderr };
                self.push(t, What::Print { task, thread, text, stream, line });
            }
            RawWhat::Enter { k, branch } => self.push(t, What::Enter { task: k, branch }),
            RawWhat::Leave { k, branch, how } => {
                self.push(t, What::Leave { task: k, branch, how });
            }
            RawWhat::End { k } => self.push(t, What::End { task: k }),
            RawWhat::Exits { k, status, s, thread } => {
                let (task, line) = (self.task(t, k, thread.as_ref()), self.stacks.line(s));
                self.plain = Plain::Over;
                self.push(t, What::Exit { task, status, line });
            }
            RawWhat::Exit {} => self.exit(t),
        }
    }

    /// The chain of awaits down to each leaf, if that is asked for.
    fn awaits(&mut self, on: &[Wait]) -> Vec<Vec<Await>> {
        let Some(known) = &mut self.awaits else { return Vec::new() };
        let of = |s| known.entry(s).or_insert_with(|| self.stacks.awaits(s)).clone();
        waits::stack_ids(on).into_iter().map(of).filter(|chain| !chain.is_empty()).collect()
    }

    /// A panic outside every task: std prints it.
    fn stray(
        &mut self,
        t: u64,
        text: String,
        (line, col): (u32, u32),
        s: u32,
        thread: Option<Thread>,
    ) {
        let at = self.stacks.line(s);
        if let Some(task) = self.task(t, None, thread.as_ref()) {
            self.plain = Plain::Over;
            return self.push(t, What::Panic { task, text, exits: false, line: at });
        }
        let thread = thread.unwrap_or(Thread::Main);
        let trouble = What::Trouble {
            what: Trouble::Panic,
            task: None,
            text: Some(text.clone()),
            us: None,
            late: None,
            thread: Some(thread.clone()),
            line: at,
            asked: None,
        };
        self.push(t, trouble);
        let thread = self.thread(None, Some(thread));
        let head = format!("thread panicked at line {line}, column {col}:");
        for text in std::iter::once(head.as_str()).chain(text.lines()) {
            let (stream, thread) = (Stream::Stderr, thread.clone());
            let text = text.to_owned();
            self.push(t, What::Print { task: None, thread, text, stream, line: at });
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

    /// Tells what is known of the resources that are mentioned, where it has not
    /// been told.
    fn mention(&mut self, t: u64, resources: &[u32]) {
        for resource in resources {
            if let Some(what) = self.untold.remove(resource) {
                self.push(t, what);
            }
        }
    }
}

impl Iterator for Translate {
    type Item = Result<Event>;

    fn next(&mut self) -> Option<Result<Event>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(Ok(event));
            }
            if self.is_over {
                return None;
            }
            if let Err(error) = self.read() {
                self.is_over = true;
                return Some(Err(error));
            }
        }
    }
}
