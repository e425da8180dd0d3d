//! The tasks by name, when they are too many to look at one by one: how many of
//! each, how often they had the thread, what became of them.

use std::collections::HashMap;
use std::fmt::Write;

use crate::event::{Event, How, TaskId, What};
use crate::words::{count, duration, shorten};

/// So few tasks can be seen in the table itself.
const FEW: usize = 12;

/// So many names say no more than the tasks themselves.
const MOST: usize = 20;

/// The tasks of a run by name, in the order in which the names appeared.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    kinds: Vec<Kind>,
    by_name: HashMap<String, usize>,
    /// The kind of each task.
    of: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
struct Kind {
    name: String,
    tasks: usize,
    polls: usize,
    done: usize,
    stopped: usize,
    failed: usize,
    /// When the first and the last of them ended.
    ended: Option<(u64, u64)>,
}

impl Kinds {
    /// Takes the next event of a run.
    pub fn see(&mut self, event: &Event) {
        match &event.what {
            What::Spawn { name, .. } => {
                let new = self.kinds.len();
                let at = *self.by_name.entry(name.clone()).or_insert(new);
                if at == new {
                    self.kinds.push(Kind { name: name.clone(), ..Kind::default() });
                }
                self.kinds[at].tasks += 1;
                self.of.push(at);
            }
            What::Poll { task, .. } => {
                if let Some(kind) = self.kind(*task) {
                    kind.polls += 1;
                }
            }
            What::Ready { task } => self.ended(*task, event.t, |kind| &mut kind.done),
            What::Panic { task, .. } => self.ended(*task, event.t, |kind| &mut kind.failed),
            What::Cancelled { task } | What::Cancel { task, how: How::Drop, .. } => {
                self.ended(*task, event.t, |kind| &mut kind.stopped);
            }
            _ => {}
        }
    }

    fn kind(&mut self, task: TaskId) -> Option<&mut Kind> {
        self.kinds.get_mut(*self.of.get(task as usize)?)
    }

    fn ended(&mut self, task: TaskId, t: u64, how: impl Fn(&mut Kind) -> &mut usize) {
        if let Some(kind) = self.kind(task) {
            *how(kind) += 1;
            let (_, last) = kind.ended.get_or_insert((t, t));
            *last = t;
        }
    }

    /// A line for each name, with a line break, in which a turn of a task is
    /// called a `poll`, or a `step`; empty if the tasks are few,
    /// or their names many.
    ///
    /// ```text
    /// main         1 task · 12 polls · 1 done, at 99 ms
    /// fetch     1000 tasks · 1990 polls · 1000 done, between 0 s and 99 ms
    /// ```
    pub fn table(&self, poll: &str) -> String {
        let mut out = String::new();
        if self.of.len() <= FEW || self.kinds.len() > MOST {
            return out;
        }
        for kind in &self.kinds {
            let name = shorten(&kind.name, 16);
            let tasks = if kind.tasks == 1 { "task " } else { "tasks" };
            let _ =
                write!(out, "{name:<16} {:>7} {tasks} · {}", kind.tasks, count(kind.polls, poll));
            for (n, how) in
                [(kind.done, "done"), (kind.stopped, "cancelled"), (kind.failed, "failed")]
            {
                if n > 0 {
                    let _ = write!(out, " · {n} {how}");
                }
            }
            match kind.ended {
                Some((first, last)) if first == last => {
                    let _ = write!(out, ", at {}", duration(last));
                }
                Some((first, last)) => {
                    let _ = write!(out, ", from {} to {}", duration(first), duration(last));
                }
                None => {}
            }
            out.push('\n');
        }
        out
    }
}
