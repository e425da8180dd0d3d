//! What each event changes, and the moment that is told of it.

use recording::event::{By, Event, How, Left, Line, Recording, Source, TaskId, What};
use recording::listing::Listing;
use recording::waits::waits;
use recording::words::visible;

use super::super::output::unstyled;
use super::moment::Moment;
use super::run::{Run, Timer};
use super::say::Say;
use super::sentences::{Teller, clock};
use super::state::{Shown, Task, Wait};

/// All moments of `recording`, in order.
pub fn moments(recording: &Recording, listing: &Listing) -> Vec<Moment> {
    let mut run = Run::new(recording, listing);
    for event in &recording.events {
        run.take(event);
    }
    run.moments
}

impl<'a> Run<'a> {
    /// What the runtime is at, for its label; empty while a task has the thread.
    fn runtime(&self, kind: &str) -> String {
        match kind {
            _ if self.holder().is_some() => String::new(),
            "idle" => format!("sleeps until {}\u{a0}s", clock(self.now)),
            _ if self.shutdown => "shuts down".to_owned(),
            "spawn" => "starts".to_owned(),
            _ => "picks who is next".to_owned(),
        }
    }

    /// Adds a moment: what it is, and its sentence.
    fn push(&mut self, moment: Moment, say: impl FnOnce(&Teller<'_, 'a>) -> Say) {
        let before = self.moments.last().map(|last| (last.kind, last.task));
        let say = say(&Teller { run: self, task: moment.task, before });
        let runtime = self.runtime(moment.kind);
        let shown = Shown::new(&self.states, &self.tasks, runtime, self.printed, self.due().min());
        let changes = shown.since(&self.shown);
        self.shown = shown;
        self.moments.push(Moment { t: self.now, say, changes, ..moment });
    }

    /// Time that passes before `event`.
    fn pass(&mut self, event: &Event) {
        let us = event.t.saturating_sub(self.now);
        if us == 0 {
            return;
        }
        self.now = event.t;
        if us < self.shortest {
            return;
        }
        let kind = if self.holder().is_none() { "idle" } else { "busy" };
        let moment = Moment { kind, us: Some(us), ..Moment::default() };
        self.push(moment, |teller| match teller.run.holder() {
            None => teller.idle(us, &event.what),
            Some(holder) => teller.busy(us, holder),
        });
    }

    fn take(&mut self, event: &'a Event) {
        self.pass(event);
        let line = self.line(event.what.line());
        // A line tells where whoever is at work stands: the spawner, not the spawned.
        let worker = match &event.what {
            What::Spawn { by, .. } => *by,
            what => what.task(),
        };
        if let Some(worker) = worker
            && line.is_some()
            && self.holder() == Some(worker)
        {
            self.task_mut(worker).line = line;
        }
        let moment = Moment { task: event.what.task(), ..Moment::default() };
        self.change(&event.what, line, event.t, moment);
    }

    fn change(&mut self, what: &'a What, line: Option<Line>, t: u64, moment: Moment) {
        let before = what.task().map(|task| self.before(task)).unwrap_or_default();
        let known = matches!(what, What::Enter { task, branch }
            if self.states.branch(*task, branch).is_some());
        self.states.take(None, what);
        match what {
            What::Spawn { task, by, .. } => {
                self.tasks.push(Task {
                    name: self.names.get(*task).cloned().expect("the table has all tasks"),
                    wait: None,
                    line: if by.is_none() { line } else { None },
                });
                let moment = Moment { kind: "spawn", by: by.map(By::Task), ..moment };
                self.push(moment, |teller| teller.spawn(*by));
            }
            What::Poll { task, inside, .. } => {
                let polled = self.task_mut(*task);
                polled.wait = None;
                polled.line = line.or(before.line);
                if before.told {
                    // asyncio.sleep takes its timer back when CancelledError is raised in it.
                    self.stop_timers(*task);
                }
                let moment = Moment { kind: "poll", told: before.told, ..moment };
                self.push(moment, |teller| teller.poll(*inside, before));
            }
            What::Print { text, thread, stream, .. } => {
                self.printed += 1;
                let text = &unstyled(text);
                let moment = Moment {
                    kind: "print",
                    text: Some(as_printed(text)),
                    stream: (*stream != Default::default()).then_some(*stream),
                    ..moment
                };
                self.push(moment, |teller| teller.print(text, thread.as_ref(), *stream));
            }
            What::Timer { task, us, .. } => {
                self.timers.push(Timer { task: *task, due: self.now.saturating_add(*us) });
                let moment = Moment { kind: "timer", us: Some(*us), ..moment };
                self.push(moment, |teller| teller.timer(*us));
            }
            What::Block { us, .. } => {
                self.now = t.saturating_add(*us);
                let moment = Moment { kind: "block", us: Some(*us), ..moment };
                self.push(moment, |teller| teller.block(*us));
            }
            What::Pending { task, on, .. } => {
                let wait = on.as_ref().map(|on| Wait {
                    kinds: on.clone(),
                    on: waits(on, &self.names, self.language),
                });
                let pending = self.task_mut(*task);
                pending.line = line.or(pending.line);
                pending.wait = wait;
                self.push(Moment { kind: "pending", ..moment }, |teller| teller.pending());
            }
            What::Wake { task, by } => {
                if *by == By::Source(Source::Timer) {
                    let is_due = |timer: &Timer| timer.task == Some(*task) && timer.due <= self.now;
                    if let Some(due) = self.timers.iter().position(is_due) {
                        self.timers.remove(due);
                    }
                }
                let moment = Moment { kind: "wake", by: Some(*by), ..moment };
                self.push(moment, |teller| teller.wake(*by));
            }
            What::Ready { task } => {
                self.stop_timers(*task);
                self.push(Moment { kind: "ready", ..moment }, |teller| teller.ready());
            }
            What::Cancelled { task } => {
                self.stop_timers(*task);
                let had = before.running;
                self.push(Moment { kind: "cancelled", ..moment }, |teller| teller.cancelled(had));
            }
            What::Panic { task, text, .. } => {
                self.stop_timers(*task);
                let moment = Moment { kind: "panic", text: Some(as_printed(text)), ..moment };
                self.push(moment, |teller| teller.panic(text));
            }
            What::Cancel { task, how, by, .. } => {
                if *how == How::Drop {
                    self.stop_timers(*task);
                }
                let word = if *how == How::Drop { "drop" } else { "throw" };
                let moment = Moment { kind: "cancel", by: *by, how: Some(word), ..moment };
                self.push(moment, |teller| teller.cancel(*how, *by));
            }
            What::Enter { branch, .. } => {
                let moment = Moment { kind: "enter", branch: Some(branch.clone()), ..moment };
                self.push(moment, |teller| teller.enter(branch, known));
            }
            What::Leave { branch, how, .. } => {
                let word = match how {
                    Left::Pending => "pending",
                    Left::Ready => "ready",
                    Left::Drop => "drop",
                };
                let branch_ = Some(branch.clone());
                let moment = Moment { kind: "leave", branch: branch_, how: Some(word), ..moment };
                self.push(moment, |teller| teller.leave(branch, *how));
            }
            What::Resource { .. }
            | What::Hold { .. }
            | What::Lost { .. }
            | What::Call { .. }
            | What::Trouble { .. } => {}
            What::End { .. } => {
                self.shutdown = true;
                self.push(Moment { kind: "end", ..moment }, |teller| teller.end());
            }
            What::Exit { status, .. } => {
                self.push(Moment { kind: "exit", ..moment }, |teller| teller.exit(*status));
            }
        }
    }

    /// What is over, or has been told to be, is not woken by its timers.
    fn stop_timers(&mut self, of: TaskId) {
        self.timers.retain(|timer| timer.task != Some(of));
    }
}

/// A text as it stands among the program's output, where a tab is one.
fn as_printed(text: &str) -> String {
    text.split('\t').map(visible).collect::<Vec<_>>().join("\t")
}
