//! One sentence, sometimes two, for each moment, in the words of the runtime
//! that was recorded.

use recording::event::{By, How, Left, Line, Source, Stream, TaskId, What};
use recording::on::On;
use recording::run::{State, Task as At};
use recording::thread::Thread;
use recording::words::{duration, round};

use super::run::{Before, Run};
use super::say::Say;
use super::state::{Manner, Task, Wait};

const BACK: &str = "gives the thread back";

/// `1000000` µs is `1.000`, as the timed examples print it.
pub fn clock(us: u64) -> String {
    let ms = us.saturating_add(500) / 1_000;
    format!("{}.{:03}", ms / 1_000, ms % 1_000)
}

fn on_line(line: Option<Line>) -> String {
    line.map_or(String::new(), |line| format!(" on line {line}"))
}

/// Tells one moment; everything is as it is after it.
pub struct Teller<'r, 'a> {
    pub run: &'r Run<'a>,
    /// Whose moment it is.
    pub task: Option<TaskId>,
    /// Kind and task of the moment before.
    pub before: Option<(&'static str, Option<TaskId>)>,
}

impl Teller<'_, '_> {
    fn manner(&self) -> Manner {
        self.run.manner
    }

    /// A time as all views say it; its space does not break.
    fn span(&self, us: u64) -> String {
        duration(if self.run.real { round(us) } else { us }).replace(' ', "\u{a0}")
    }

    fn is_plain(&self) -> bool {
        self.manner() == Manner::Plain
    }

    fn name(&self, task: TaskId) -> &str {
        &self.run.task(task).name.shown
    }

    /// Whose moment it is, by name.
    fn me(&self) -> Say {
        Say::default().name(self.task.map_or("?", |task| self.name(task)))
    }

    /// The task whose moment it is; those who ask know that it is one's.
    fn own(&self) -> &Task {
        self.run.task(self.task.expect("the event has a task"))
    }

    /// What that is at.
    fn at(&self) -> &At {
        self.run.at(self.task.expect("the event has a task"))
    }

    /// The names of all others that are at that.
    fn others_that(&self, are: impl Fn(State) -> bool) -> Vec<&str> {
        let others = (0..).zip(&self.run.tasks).filter(|(number, _)| Some(*number) != self.task);
        let are = others.filter(|(number, _)| are(self.run.at(*number).state));
        are.map(|(_, task)| task.name.shown.as_str()).collect()
    }

    /// Who else is ready.
    fn ready_others(&self) -> Vec<&str> {
        self.others_that(|state| state == State::Ready)
    }

    /// ` foo and bar are ready too and must wait.`, where somebody else is ready.
    fn others(&self) -> Say {
        let ready = self.ready_others();
        match ready.len() {
            0 => Say::default(),
            n => Say::plain(" ")
                .names(&ready)
                .text(format!(" {} ready too and must wait.", if n > 1 { "are" } else { "is" })),
        }
    }

    /// Who wants the thread that has just been given back.
    fn next(&self) -> Say {
        if let Some(holder) = self.run.holder() {
            return Say::plain(" ").name(self.name(holder)).text(" goes on.");
        }
        let ready = self.ready_others();
        match ready.len() {
            _ if self.run.shutdown => Say::default(),
            0 => Say::plain(" Nobody else wants it."),
            n => Say::plain(" ").names(&ready).text(if n > 1 { " want it." } else { " wants it." }),
        }
    }

    pub fn spawn(&self, by: Option<TaskId>) -> Say {
        if self.is_plain() {
            return Say::plain("The program starts.");
        }
        let holder = self.run.holder();
        let Some(who) = by.or(holder) else {
            return Say::plain("The program starts. ").then(self.me()).text(" is ready to run.");
        };
        let verb = if self.manner() == Manner::Rust { "spawns" } else { "makes a task of" };
        let say = Say::default().name(self.name(who)).text(format!(" {verb} ")).then(self.me());
        if Some(who) == holder {
            say.text(". It is ready to run, but ")
                .name(self.name(who))
                .text(" still has the thread.")
        } else {
            say.text(". It is ready to run.")
        }
    }

    pub fn poll(&self, inside: Option<TaskId>, before: Before) -> Say {
        if self.is_plain() {
            return self.me().text(" has the only thread there is, and keeps it.");
        }
        let start = match inside {
            Some(inside) => Say::default().name(self.name(inside)).text(" polls "),
            None => Say::plain(format!("{} {} ", self.manner().runtime(), self.manner().polls())),
        };
        let start = start.then(self.me());
        let whose = if inside.is_some() { ", within its own turn." } else { "." };
        if before.told {
            return if before.started {
                let at = on_line(before.line);
                start
                    .text(format!("{whose} It is not to go on: its await{at} raises "))
                    .code("CancelledError")
                    .text(".")
            } else {
                start.text(", only to tell it that it is cancelled.")
            };
        }
        if !before.started {
            let start = start.text(" for the first time");
            let start = match inside {
                Some(_) => start.text(whose),
                None => start.text(": now ").then(self.me()).text(" has the thread."),
            };
            return start.then(self.others());
        }
        let from = match before.line {
            Some(line) => format!("its await on line {line}"),
            None => "where it stopped".to_owned(),
        };
        start.text(format!("{whose} It goes on from {from}.")).then(self.others())
    }

    pub fn print(&self, text: &str, thread: Option<&Thread>, stream: Stream) -> Say {
        let what = match text {
            "" => Say::plain("an empty line"),
            text => Say::default().quote(text),
        };
        let place = if stream == Stream::Stderr { " to stderr" } else { "" };
        match (self.task, thread) {
            (Some(_), _) => self.me().text(" prints ").then(what).text(format!("{place}.")),
            (None, Some(thread)) => {
                let called = thread.words();
                let who = match thread {
                    Thread::Main | Thread::Blocking => {
                        format!("Outside every task, the {called} prints ")
                    }
                    Thread::Nameless { .. } => format!("Outside every task, {called} prints "),
                    Thread::Named(name) => format!("Another thread, {name}, prints "),
                };
                Say::plain(who).then(what).text(format!("{place}."))
            }
            (None, None) => {
                Say::plain("Outside every task, ").then(what).text(format!(" is printed{place}."))
            }
        }
    }

    pub fn timer(&self, us: u64) -> Say {
        match self.task {
            Some(_) => self.me().text(format!(" sets a timer: wake me in {}.", self.span(us))),
            None => Say::plain(format!("A timer is set, due in {}.", self.span(us))),
        }
    }

    pub fn pending(&self) -> Say {
        let task = self.own();
        let say = match self.at().state {
            State::Ready => {
                self.me().text(format!(" lets the others go first: it {BACK}, but wants it again."))
            }
            _ => {
                let wait = Wait::words(task.wait.as_ref(), "wait");
                self.me().text(format!(" has to {wait}, so it {BACK}."))
            }
        };
        say.then(self.next())
    }

    pub fn wake(&self, by: By) -> Say {
        let task = self.own();
        let other = match by {
            By::Task(by) => Some(by),
            By::Source(_) => None,
        };
        let ready = self.me().text(" is ready again");
        let ready = match self.run.holder() {
            Some(holder) if Some(holder) != self.task => {
                ready.text(", but ").name(self.name(holder)).text(" has the thread.")
            }
            _ => ready.text("."),
        };
        let wait = task.wait.as_ref();
        // What it waited for, where it was more than time.
        let thing = wait.filter(|wait| !wait.is_time()).map(|wait| wait.on.as_str());
        let first = wait.and_then(|wait| wait.kinds.first());
        let own = other.is_some() && other == self.task;
        let said = match by {
            _ if self.at().state == State::Running => {
                return if own {
                    self.me().text(" asks for another turn, to come after this one.")
                } else {
                    self.me()
                        .text(" is woken while it has the thread: it will be polled once more.")
                };
            }
            _ if self.at().told => {
                return Say::plain("So ")
                    .then(self.me())
                    .text(" is ready once more: not to go on, but to be told.");
            }
            By::Source(Source::Timer) => self.me().text("’s timer is due."),
            By::Source(Source::Io) if matches!(first, Some(On::Blocking { n: 1 })) => {
                Say::plain("The blocking call has finished, on a thread of its own.")
            }
            By::Source(Source::Io) => Say::plain("The operating system has something for ")
                .then(self.me())
                .text(wait.map_or(String::new(), |wait| format!(", which waited for {}", wait.on)))
                .text("."),
            _ if own => Say::plain("The others had their turn."),
            By::Source(Source::Runtime) if first == Some(&On::Turn) => {
                Say::plain("The others had their turn.")
            }
            By::Source(Source::Runtime) => {
                Say::plain(format!("{} has what ", self.manner().runtime()))
                    .then(self.me())
                    .text(" waited for")
                    .text(thing.map_or(String::new(), |thing| format!(": {thing}")))
                    .text(".")
            }
            By::Task(by) => {
                let ended = matches!(
                    self.before,
                    Some(("ready" | "cancelled" | "panic" | "cancel", ended)) if ended == other
                );
                let by = Say::default().name(self.name(by));
                if ended {
                    by.text(" has ended, and ").then(self.me()).text(" waited for that.")
                } else {
                    by.text(" wakes ")
                        .then(self.me())
                        .text(
                            thing.map_or(String::new(), |thing| {
                                format!(", which waited for {thing}")
                            }),
                        )
                        .text(".")
                }
            }
        };
        said.text(" ").then(ready)
    }

    pub fn ready(&self) -> Say {
        if self.is_plain() {
            return self.me().text(" is finished.");
        }
        let say = self.me().text(format!(" is finished and {BACK}"));
        match self.run.holder() {
            Some(holder) => say.text(" to ").name(self.name(holder)),
            None => say,
        }
        .text(".")
    }

    pub fn cancel(&self, how: How, by: Option<By>) -> Say {
        let task = self.own();
        let by = match by {
            Some(By::Task(by)) => Some(self.name(by)),
            _ => None,
        };
        let who = match (by, self.manner()) {
            (Some(by), _) => Say::default().name(by),
            (None, Manner::Rust) => Say::plain(self.manner().runtime()),
            (None, _) => Say::plain("asyncio"),
        };
        let never = "before it has run a single line.";
        if how == How::Throw {
            let say = who.text(" cancels ").then(self.me());
            return if self.at().polled {
                say.text(format!(": its await{} is to raise ", on_line(task.line)))
                    .code("CancelledError")
                    .text(".")
            } else {
                say.text(format!(" {never}"))
            };
        }
        let place = if self.at().polled {
            format!("where it stands{}. What comes after never runs.", on_line(task.line))
        } else {
            never.to_owned()
        };
        match by {
            Some(_) => who
                .text(" cancels ")
                .then(self.me())
                .text(format!(": its future is dropped {place}")),
            None => who.text(" drops ").then(self.me()).text(format!(" {place}")),
        }
    }

    pub fn cancelled(&self, had: bool) -> Say {
        if !self.at().polled || !had {
            return self.me().text(" ends, cancelled, without having been asked.");
        }
        Say::default()
            .code("CancelledError")
            .text(" leaves ")
            .then(self.me())
            .text(": it ends here, cancelled.")
    }

    pub fn block(&self, us: u64) -> Say {
        let line = self.run.holder().and_then(|holder| self.run.task(holder).line);
        let sleep = format!(
            " holds the thread for {}, in a sleep that blocks{}.",
            self.span(us),
            on_line(line)
        );
        if self.task.is_none() {
            return Say::plain(format!("The program{sleep}"));
        }
        let say = self.me().text(sleep).text(if self.is_plain() {
            " Nothing else happens."
        } else {
            " Meanwhile nobody else can run."
        });
        match self.ready_others() {
            ready if ready.is_empty() => say,
            ready => say.text(" ").names(&ready).text(" would be ready."),
        }
    }

    pub fn busy(&self, us: u64, holder: TaskId) -> Say {
        Say::plain(format!("{} pass. ", self.span(us)))
            .name(self.name(holder))
            .text(" keeps the thread, and nobody else can run.")
    }

    /// Time passes until `next` happens.
    pub fn idle(&self, us: u64, next: &What) -> Say {
        let say = Say::plain(format!(
            "Nobody wants the thread. {} sleeps for {}",
            self.manner().runtime(),
            self.span(us)
        ));
        match next {
            What::Wake { task, by: By::Source(Source::Timer) } => {
                say.text(", until ").name(self.name(*task)).text("’s timer is due")
            }
            What::Wake { by: By::Source(Source::Io), .. } => {
                say.text(", until the operating system has something to tell")
            }
            _ => say,
        }
        .text(".")
    }

    pub fn panic(&self, text: &str) -> Say {
        let say = match self.manner() {
            Manner::Rust => self.me().text(" panics: "),
            _ => Say::plain("An exception leaves ").then(self.me()).text(": "),
        };
        say.quote(text).text(match self.task {
            Some(0) => ". That ends the program.",
            _ => ". It has ended; the others have not.",
        })
    }

    pub fn enter(&self, branch: &str, started: bool) -> Say {
        Say::plain("Inside ").then(self.me()).text(", the branch ").code(branch).text(if started {
            " goes on."
        } else {
            " starts."
        })
    }

    pub fn leave(&self, branch: &str, how: Left) -> Say {
        let how = match how {
            Left::Pending => "has to wait",
            Left::Ready => "is finished",
            Left::Drop => "is dropped, unfinished",
        };
        Say::plain("The branch ").code(branch).text(" of ").then(self.me()).text(format!(" {how}."))
    }

    pub fn end(&self) -> Say {
        let tasks = &self.run.tasks;
        let left = self.others_that(|state| !state.is_end());
        if left.is_empty() {
            return match tasks.len() {
                0 | 1 => Say::plain("The program is over."),
                _ => self.me().text(" is done, and so is everybody else: the program is over."),
            };
        }
        let need = match self.run.timers_left() {
            0 => String::new(),
            us => format!(", which would need {} more", self.span(us)),
        };
        self.me()
            .text(" is done, and that ends the program. Nobody waits for ")
            .names(&left)
            .text(format!("{need}."))
    }

    pub fn exit(&self, status: i32) -> Say {
        let who = match self.task {
            Some(_) => self.me(),
            None => Say::plain("The program"),
        };
        who.text(format!(" ends the process, with status {status}: nobody goes on."))
    }
}
