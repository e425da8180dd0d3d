//! A run in the Trace Event Format, which Perfetto (ui.perfetto.dev) and Chrome
//! (chrome://tracing) open: a row for each task, with its polls, and what it
//! waited for in between.
//!
//! Complete events (`X`) are polls, waits, branches and blocking calls, instant
//! events (`i`) are prints, timers and ends; flow events (`s`, `f`) lead from
//! whoever wakes a task to its next poll. Times are in microseconds, as the
//! format asks for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;
use std::mem;

use anyhow::Result;
use serde_json::{Value, json};

use recording::event::{By, Event, Header, Language, Line, Source, TaskId, What};
use recording::names::Names;
use recording::waits::waits;
use recording::words::visible_json;

/// The row of what happens outside every task; that of a task is its number and
/// one more.
const RUNTIME: u32 = 0;

/// A line as a number, or, in another file than the main one, `worker.rs:6`.
fn place(line: &Option<Line>) -> Value {
    match line {
        Some(line) if line.file().is_some() => json!(line.to_string()),
        line => json!(line),
    }
}

/// Writes events as they come; needs memory for the tasks alone.
pub struct Chrome<W: Write> {
    out: W,
    first: bool,
    now: u64,
    language: Language,
    names: Names,
    tasks: HashMap<TaskId, Row>,
    flows: u64,
}

/// What is under way in a task.
#[derive(Debug, Default)]
struct Row {
    /// Its poll, or its wait.
    span: Option<Span>,
    /// Its branches that have the thread, with when each began.
    branches: Vec<u64>,
    /// The flow that leads to its next poll.
    flow: Option<u64>,
}

/// Something that takes time: what it is, and since when.
#[derive(Debug)]
struct Span {
    name: Cow<'static, str>,
    began: u64,
    args: Value,
}

impl<W: Write> Chrome<W> {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// What `out` says; so everywhere below.
    pub fn new(mut out: W, header: &Header, names: Names) -> Result<Self> {
        let about = json!({
            "program": header.program,
            "runtime": header.runtime,
            "clock": header.clock,
        });
        write!(out, "{{\"displayTimeUnit\":\"ms\",\"otherData\":{about},\"traceEvents\":[")?;
        let (language, tasks) = (header.language, HashMap::new());
        let mut this = Chrome { out, first: true, now: 0, language, names, tasks, flows: 0 };
        this.name("process_name", RUNTIME, &header.program)?;
        this.name("thread_name", RUNTIME, "runtime")?;
        Ok(this)
    }

    /// Writes what is known by the next event.
    ///
    /// # Errors
    ///
    /// See [`Chrome::new`].
    pub fn see(&mut self, event: &Event) -> Result<()> {
        let t = event.t;
        self.now = self.now.max(t);
        match &event.what {
            What::Spawn { task, line, .. } => {
                let shown = self.names.of(*task).to_owned();
                self.name("thread_name", row(*task), &shown)?;
                let order = json!({"name": "thread_sort_index", "ph": "M", "pid": 1,
                    "tid": row(*task), "args": {"sort_index": row(*task)}});
                self.put(&order)?;
                self.tasks.insert(*task, Row::default());
                self.instant(t, row(*task), "spawned", json!({"line": place(line)}))?;
            }
            What::Poll { task, line, .. } => {
                let args = json!({"line": place(line)});
                self.next(*task, t, Some(Span { name: "poll".into(), began: t, args }))?;
                let flow = self.tasks.get_mut(task).and_then(|row| row.flow.take());
                if let Some(flow) = flow {
                    self.put(&json!({"name": "wake", "cat": "wake", "ph": "f", "bp": "e",
                        "id": flow, "ts": t, "pid": 1, "tid": row(*task)}))?;
                }
            }
            What::Pending { task, on, line, .. } => {
                let on = on.as_ref().map(|on| waits(on, &self.names, self.language));
                let name = format!("waits for {}", on.as_deref().unwrap_or("something")).into();
                let args = json!({"line": place(line)});
                self.next(*task, t, Some(Span { name, began: t, args }))?;
            }
            What::Wake { task, by } => {
                let from = match by {
                    By::Task(task) => row(*task),
                    By::Source(_) => RUNTIME,
                };
                let name = match by {
                    By::Source(Source::Timer) => "timer",
                    By::Source(Source::Io) => "outside",
                    By::Source(Source::Runtime) | By::Task(_) => "wake",
                };
                self.flows += 1;
                let flow = self.flows;
                self.tasks.entry(*task).or_default().flow = Some(flow);
                self.instant(t, from, name, json!({"wakes": row(*task)}))?;
                self.put(&json!({"name": "wake", "cat": "wake", "ph": "s", "id": flow,
                    "ts": t, "pid": 1, "tid": from}))?;
            }
            What::Ready { task } | What::Cancelled { task } | What::Panic { task, .. } => {
                self.next(*task, t, None)?;
                let (how, args) = match &event.what {
                    What::Ready { .. } => ("done", json!({})),
                    What::Panic { text, line, .. } => {
                        ("failed", json!({"text": text, "line": place(line)}))
                    }
                    _ => ("cancelled", json!({})),
                };
                self.instant(t, row(*task), how, args)?;
                self.tasks.remove(task);
            }
            What::Cancel { task, how, by, .. } => {
                let by = by.map(|by| match by {
                    By::Task(task) => row(task),
                    By::Source(_) => RUNTIME,
                });
                let args = json!({"how": how, "by": by});
                self.instant(t, row(*task), "cancel", args)?;
                if *how == recording::event::How::Drop {
                    self.next(*task, t, None)?;
                    self.tasks.remove(task);
                }
            }
            What::Print { task, thread, text, line, .. } => {
                let args = match thread {
                    Some(thread) => {
                        json!({"text": text, "thread": thread.words(), "line": place(line)})
                    }
                    None => json!({"text": text, "line": place(line)}),
                };
                self.instant(t, task.map_or(RUNTIME, row), "print", args)?;
            }
            What::Exit { task, status, line } => {
                let args = json!({"status": status, "line": place(line)});
                self.instant(t, task.map_or(RUNTIME, row), "ends the process", args)?;
            }
            What::Timer { task, us, line } => {
                let args = json!({"us": us, "line": place(line)});
                self.instant(t, task.map_or(RUNTIME, row), "sets a timer", args)?;
            }
            What::Block { task, us, line, .. } => {
                let tid = task.map_or(RUNTIME, row);
                self.complete("holds the thread", t, *us, tid, &json!({"line": place(line)}))?;
                self.now = self.now.max(t.saturating_add(*us));
            }
            What::Enter { task, .. } => self.tasks.entry(*task).or_default().branches.push(t),
            What::Leave { task, branch, how } => {
                if let Some(began) = self.tasks.entry(*task).or_default().branches.pop() {
                    let args = json!({"how": how});
                    self.complete(branch, began, t - began, row(*task), &args)?;
                }
            }
            What::Resource { .. } | What::Hold { .. } | What::Lost { .. } | What::Call { .. } => {}
            What::Trouble { what, task, text, line, .. } => {
                let args = json!({"what": what, "text": text, "line": place(line)});
                self.instant(t, task.map_or(RUNTIME, row), "trouble", args)?;
            }
            What::End { .. } => self.instant(t, RUNTIME, "main is done", json!({}))?,
        }
        Ok(())
    }

    /// Ends what is under way, and the file.
    ///
    /// # Errors
    ///
    /// See [`Chrome::new`].
    pub fn finish(mut self) -> Result<()> {
        let mut left: Vec<TaskId> = self.tasks.keys().copied().collect();
        left.sort_unstable();
        for task in left {
            self.next(task, self.now, None)?;
        }
        writeln!(self.out, "\n]}}")?;
        Ok(self.out.flush()?)
    }

    /// Ends what is under way in a task: what comes `next` begins.
    fn next(&mut self, task: TaskId, t: u64, next: Option<Span>) -> Result<()> {
        match mem::replace(&mut self.tasks.entry(task).or_default().span, next) {
            Some(Span { name, began, args }) => {
                self.complete(&name, began, t - began, row(task), &args)
            }
            None => Ok(()),
        }
    }

    fn complete(&mut self, name: &str, ts: u64, dur: u64, tid: u32, args: &Value) -> Result<()> {
        self.put(&json!({"name": name, "cat": "task", "ph": "X", "ts": ts, "dur": dur,
            "pid": 1, "tid": tid, "args": args}))
    }

    fn instant(&mut self, ts: u64, tid: u32, name: &str, args: Value) -> Result<()> {
        self.put(&json!({"name": name, "cat": "task", "ph": "i", "s": "t", "ts": ts,
            "pid": 1, "tid": tid, "args": args}))
    }

    fn name(&mut self, what: &str, tid: u32, name: &str) -> Result<()> {
        self.put(&json!({"name": what, "ph": "M", "pid": 1, "tid": tid, "args": {"name": name}}))
    }

    fn put(&mut self, value: &Value) -> Result<()> {
        let comma = if mem::take(&mut self.first) { "" } else { "," };
        write!(self.out, "{comma}\n{}", visible_json(&value.to_string()))?;
        Ok(())
    }
}

fn row(task: TaskId) -> u32 {
    task.saturating_add(1)
}
