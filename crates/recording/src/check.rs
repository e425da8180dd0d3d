//! What must hold of every recording, whatever the program.
//!
//! 1. Times never go back.
//! 2. A task exists before anything else happens to it, and its number is the
//!    next one.
//! 3. From a task's poll to its pending, ready, cancelled or panic no other
//!    task is polled on the same thread, unless its poll is marked `inside`;
//!    and on no other thread is the task itself.
//! 4. A task is polled only after a spawn or a wake that no earlier poll has
//!    used up.
//! 5. A timer never wakes anybody early.
//! 6. A task ends at most once, and nothing happens to it after its end.
//! 7. When the program has ended the process, nothing happens any more; lines
//!    that were not complete may still be printed.

use std::collections::HashMap;
use std::fmt;

use crate::event::{By, Event, How, Source, TaskId, What};
use crate::run::{Holder, Run, State, Task};

/// A rule that a recording breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The event, counted from 0.
    pub at: usize,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "event {}: {}", self.at, self.why)
    }
}

impl std::error::Error for Broken {}

/// Checks all rules over all events.
///
/// # Errors
///
/// The first event that breaks a rule.
pub fn check(events: &[Event]) -> Result<(), Broken> {
    let mut checker = Checker::default();
    for event in events {
        checker.next(event)?;
    }
    checker.finish()
}

/// The rules, fed event by event; its memory grows with the number of tasks
/// and of timers not yet due, not with that of events.
#[derive(Debug, Default)]
pub struct Checker {
    seen: usize,
    now: u64,
    run: Run,
    /// When the timers of each task are due.
    timers: HashMap<TaskId, Vec<u64>>,
    /// When the first timer is due that no task owns: its callback may wake anybody.
    plain_timer: Option<u64>,
    /// The program has ended the process.
    exited: bool,
}

impl Checker {
    /// Takes the next event.
    ///
    /// # Errors
    ///
    /// The rule that it breaks.
    pub fn next(&mut self, event: &Event) -> Result<(), Broken> {
        let result = self.rules(event);
        self.run.take(event.worker, &event.what);
        let at = self.seen;
        self.seen += 1;
        result.map_err(|why| Broken { at, why })
    }

    /// The end of the events: whoever still has the thread never gave it back.
    /// Of several threads some may still be busy when the process ends.
    ///
    /// # Errors
    ///
    /// When a poll was never answered.
    pub fn finish(&self) -> Result<(), Broken> {
        match self.run.holder(None) {
            _ if self.exited => Ok(()),
            None => Ok(()),
            Some(task) => Err(Broken {
                at: self.seen,
                why: format!("the recording ends while task {task} has the thread"),
            }),
        }
    }

    fn rules(&mut self, event: &Event) -> Result<(), String> {
        if event.t < self.now {
            return Err(format!("time goes back from {} to {}", self.now, event.t));
        }
        self.now = event.t;
        if self.exited && !matches!(event.what, What::Print { .. }) {
            return Err("something happens after the process has ended".to_owned());
        }
        match &event.what {
            What::Spawn { task, by, .. } => {
                let next = self.run.tasks().len();
                if *task as usize != next {
                    return Err(format!("task {task} is spawned, {next} is next"));
                }
                if let Some(by) = by {
                    self.alive(*by)?;
                }
            }
            What::Poll { task, inside, .. } => {
                if self.run.task(*task).is_some_and(|task| task.state == State::Running) {
                    return Err(format!("task {task} is polled while it has a thread"));
                }
                let running = self.run.holder(event.worker);
                if running != *inside {
                    return Err(match (running, inside) {
                        (Some(other), None) => {
                            format!("task {task} is polled while task {other} has the thread")
                        }
                        _ => format!("task {task} is polled inside {inside:?}, not {running:?}"),
                    });
                }
                if !self.alive(*task)?.is_woken() {
                    return Err(format!("task {task} is polled, but nothing woke it"));
                }
            }
            What::Pending { task, .. } => self.gives_back(event, *task)?,
            What::Ready { task } | What::Panic { task, .. } => {
                self.gives_back(event, *task)?;
                self.ends(*task)?;
            }
            What::Cancelled { task } => {
                // A task cancelled before its first step ends without one.
                if self.run.thread(event.worker).contains(&Holder::Task(*task)) {
                    self.gives_back(event, *task)?;
                }
                self.ends(*task)?;
            }
            What::Cancel { task, how: How::Drop, .. } => self.ends(*task)?,
            What::Cancel { task, how: How::Throw, .. } => {
                self.alive(*task)?;
            }
            What::Timer { task, us, .. } => {
                let due = event.t.saturating_add(*us);
                match task {
                    Some(task) => {
                        self.alive(*task)?;
                        self.timers.entry(*task).or_default().push(due);
                    }
                    None => {
                        self.plain_timer = Some(self.plain_timer.map_or(due, |t| t.min(due)));
                    }
                }
            }
            What::Wake { task, by } => {
                if let By::Task(by) = by {
                    self.exists(*by)?;
                }
                let now = self.now;
                let plain = self.plain_timer.is_some_and(|due| due <= now);
                self.alive(*task)?;
                if *by == By::Source(Source::Timer) {
                    let timers = self.timers.entry(*task).or_default();
                    match timers.iter().position(|due| *due <= now) {
                        Some(due) => {
                            timers.swap_remove(due);
                        }
                        None if plain => {}
                        None => return Err(format!("a timer wakes task {task}, but none is due")),
                    }
                }
            }
            What::Print { task, .. } | What::Block { task, .. } | What::Lost { task, .. } => {
                if let Some(task) = task {
                    self.exists(*task)?;
                }
            }
            What::Resource { .. } | What::Hold { .. } => {}
            What::Trouble { task, .. } | What::Call { task, .. } => {
                if let Some(task) = task {
                    self.exists(*task)?;
                }
            }
            What::Exit { task, .. } => {
                if let Some(task) = task {
                    self.exists(*task)?;
                }
                // Whoever has the thread never gives it back.
                self.exited = true;
            }
            What::Enter { task, .. } | What::Leave { task, .. } | What::End { task } => {
                self.exists(*task)?;
            }
        }
        Ok(())
    }

    fn exists(&self, task: TaskId) -> Result<&Task, String> {
        self.run.task(task).ok_or_else(|| format!("there is no task {task} yet"))
    }

    fn alive(&self, task: TaskId) -> Result<&Task, String> {
        let found = self.exists(task)?;
        if found.state.is_end() {
            return Err(format!("task {task} has ended already"));
        }
        Ok(found)
    }

    fn ends(&mut self, task: TaskId) -> Result<(), String> {
        self.alive(task)?;
        self.timers.remove(&task);
        Ok(())
    }

    fn gives_back(&self, event: &Event, task: TaskId) -> Result<(), String> {
        match self.run.holder(event.worker) {
            Some(running) if running == task => Ok(()),
            Some(running) => Err(format!("task {task} returns, but task {running} has the thread")),
            None => Err(format!("task {task} returns without having been polled")),
        }
    }
}

#[cfg(test)]
mod tests;
