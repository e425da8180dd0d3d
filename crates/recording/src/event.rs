//! What a recording is made of.
//!
//! A recording is a [`Header`] and then [`Event`]s in the order in which they
//! happened, one JSON object a line, the same for tokio and for asyncio:
//!
//! ```text
//! {"format":2,"program":"v5","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"}
//! {"t":0,"ev":"spawn","task":0,"name":"main","line":8}
//! {"t":0,"ev":"poll","task":0,"line":8}
//! {"t":0,"ev":"print","task":0,"text":"Hello","stream":"stdout","line":9}
//! ```

use std::borrow::Cow;
use std::fmt;
use std::io::{BufRead, Write};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize, Serializer};

use crate::awaits::Await;
pub use crate::ids::{Line, ResourceId, TaskId};
use crate::on::{Held, On};
use crate::thread::Thread;
use crate::words::visible_json;

/// The version of the format; it rises when a meaning changes.
pub const FORMAT: u32 = 2;

/// A header and its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// What was recorded, and how.
    pub header: Header,
    /// What happened, in order.
    pub events: Vec<Event>,
}

/// The first line of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// [`FORMAT`].
    pub format: u32,
    /// The program's name: its folder in `examples/`, or its file's stem.
    pub program: String,
    /// What it is written in.
    pub language: Language,
    /// Name and version, `tokio 1.54.1` or `asyncio 3.11.7`.
    pub runtime: String,
    /// Whose time `t` is.
    pub clock: Clock,
    /// How many workers every runtime has; none where all tasks share a thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workers: Option<usize>,
    /// When it counts as fresh.
    pub class: Class,
    /// What a reader has to know besides, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Whether tasks ran that are not recorded, as a note says: then nothing
    /// follows from what is not found.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

impl Header {
    /// The version alone: `1.54.1` of `tokio 1.54.1`.
    pub fn version(&self) -> &str {
        self.runtime.split_once(' ').map_or("", |(_, version)| version)
    }

    /// What of the runtime does not differ from one machine to the next: `asyncio 3.11`
    /// of `asyncio 3.11.7`; of tokio the whole version counts.
    pub fn release(&self) -> &str {
        match (self.language, self.runtime.rsplit_once('.')) {
            (Language::Python, Some((release, _))) => release,
            _ => &self.runtime,
        }
    }
}

/// What a program is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Rust on tokio.
    Rust,
    /// Python on asyncio.
    Python,
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Language::Rust => "rust",
            Language::Python => "python",
        })
    }
}

/// Whose time a recording's `t` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// Time moves only when nothing can run, and then jumps.
    Virtual,
    /// The machine's own clock.
    Real,
}

/// When a recording counts as fresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// One thread, virtual time: the same bytes every time.
    Exact,
    /// On the real clock: the same events in the same order, times aside.
    Order,
    /// One possible run of many.
    Seen,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Json<What>")]
pub struct Event {
    /// Microseconds since the program's first event.
    pub t: u64,
    /// The thread on which it happened, where a runtime has several workers:
    /// 0 for the one that runs the root future, from 1 for the workers; none
    /// for a thread that is not the runtime's. Where a program has several
    /// runtimes, each on its own thread: from 1, none for the first of them.
    pub worker: Option<u32>,
    /// What it was.
    pub what: What,
}

/// An [`Event`], with the file of its line beside the line, where that is not the
/// program's main file.
#[derive(Serialize, Deserialize)]
struct Json<W> {
    t: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    worker: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<Cow<'static, str>>,
    #[serde(flatten)]
    what: W,
}

impl From<Json<What>> for Event {
    fn from(json: Json<What>) -> Self {
        let Json { t, worker, file, mut what } = json;
        if let (Some(file), Some(line)) = (file, what.line_mut()) {
            *line = line.map(|line| line.within(&file));
        }
        Event { t, worker, what }
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Event { t, worker, what } = self;
        let file = what.line().and_then(Line::file).map(Cow::from);
        Json { t: *t, worker: *worker, file, what }.serialize(serializer)
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ev", rename_all = "lowercase")]
pub enum What {
    /// A task exists from here on and may be polled.
    Spawn {
        /// Its number.
        task: TaskId,
        /// What a reader would call it.
        name: String,
        /// The task that spawned it; none for the root future.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<TaskId>,
        /// Where it was spawned; for the root future where it is defined.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<Line>,
    },
    /// The runtime gives the thread to the task.
    Poll {
        /// Who gets the thread.
        task: TaskId,
        /// Where it goes on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<Line>,
        /// The task within whose poll this one is polled (`LocalSet`, eager tasks).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        inside: Option<TaskId>,
    },
    /// One line of output.
    Print {
        /// Who printed it; none outside every task.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        /// The thread that printed it, where that is neither the recorded one nor
        /// a worker.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thread: Option<Thread>,
        /// The line, without its line break.
        text: String,
        /// Where it went.
        #[serde(default, skip_serializing_if = "Stream::is_stdout")]
        stream: Stream,
        /// The line of the program that printed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<Line>,
    },
    /// A timer was set.
    Timer {
        /// Who waits for it; none where a plain callback does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        /// Microseconds from now until it is due.
        us: u64,
        /// Where it was set.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<Line>,
    },
    /// The task gives the thread back, unfinished.
    Pending {
        /// Who had the thread.
        task: TaskId,
        /// What it waits for: any one of these lets it go on; none where it is
        /// not known.
        on: Option<Vec<On>>,
        /// Where it stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<Line>,
        /// How it came there, where that was asked for: of each leaf that it waits
        /// for the chain of awaits, the outermost first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        awaits: Vec<Vec<Await>>,
    },
    /// The task may be polled again.
    Wake {
        /// Who was woken.
        task: TaskId,
        /// Who woke it.
        by: By,
    },
    /// The task finished.
    Ready {
        /// Who.
        task: TaskId,
    },
    /// The task will not go on.
    Cancel {
        /// Who.
        task: TaskId,
        /// How it is told.
        how: How,
        /// Who asked for it, where it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<By>,
        /// tokio: it went with its `JoinSet`, which nobody had asked for anything.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        set: bool,
    },
    /// asyncio: the task ended by `CancelledError`.
    Cancelled {
        /// Who.
        task: TaskId,
    },
    /// The thread was held by a blocking sleep, from `t` on.
    Block {
        /// Who held it; none outside every task.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        /// The thread that was held, where that is neither the recorded one nor a
        /// worker.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thread: Option<Thread>,
        /// For how many microseconds; 0 where that is not known: it may be for good.
        us: u64,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<Line>,
    },
    /// The task panicked (asyncio: an exception left it). It has ended.
    Panic {
        /// Who.
        task: TaskId,
        /// The message, without thread numbers or addresses.
        text: String,
        /// asyncio: it is a `SystemExit`, the program's own way to end.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        exits: bool,
        /// Where it was raised.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<Line>,
    },
    /// A branch inside a task goes on (`join!`, `select!`, …).
    Enter {
        /// The task.
        task: TaskId,
        /// The branch, as the listing writes it.
        branch: String,
    },
    /// The branch stops for now, or for good.
    Leave {
        /// The task.
        task: TaskId,
        /// The branch.
        branch: String,
        /// How it stopped.
        how: Left,
    },
    /// Something went wrong that the program may never see.
    Trouble {
        /// What.
        what: Trouble,
        /// Whose, where it is a task's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        /// The exception in a line, or else what asyncio says, or the coroutine's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// The limit in microseconds, or by how much it is late, where it is about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        us: Option<u64>,
        /// By how many microseconds it was overrun, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        late: Option<u64>,
        /// The thread that did it, where it is another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thread: Option<Thread>,
        /// Where it was raised, or where the task stood.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<Line>,
        /// Where it was asked for, where what was raised has no line of the program.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked: Option<Line>,
    },
    /// A call that was given to a pool of threads, if it finds no thread free or is
    /// given up.
    Call {
        /// Its number.
        call: u32,
        /// How it stands with it.
        how: Called,
        /// The task that gave it to the pool.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        /// What it calls.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// How many threads the pool has, where it waits for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        threads: Option<u32>,
        /// Whose calls have those.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        held: Vec<Held>,
        /// Where it was given to the pool.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<Line>,
    },
    /// Something that tasks wait for is mentioned next for the first time.
    Resource {
        /// Its number.
        resource: ResourceId,
        /// What it is.
        kind: ResourceKind,
        /// The variable or field that it was made for, where it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Where it was made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<Line>,
    },
    /// Who has a lock, permits or a cell from here on: told when that changes
    /// while others wait in line for it. What these said of it before is old.
    Hold {
        /// Of what.
        resource: ResourceId,
        /// Who has it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        held: Vec<Held>,
    },
    /// Something went to nobody.
    Lost {
        /// Who sent it, or did not get it; none outside every task.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        /// What it was.
        what: Lost,
        /// What it went through; none where that has no number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
        /// How many there were of them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        n: Option<u64>,
        /// Where; of what was dropped half done, where it stood then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<Line>,
        /// Of what it was a permit or a guard.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<ResourceKind>,
        /// What was dropped half done: the name of the call, or the branch.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        call: Option<String>,
        /// Where the next one begins, behind what was lost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again: Option<Line>,
    },
    /// The root future is done; what follows is shut-down.
    End {
        /// The root future's number.
        task: TaskId,
    },
    /// The program ends the process in the middle of everything. No task goes on.
    Exit {
        /// Who does; none outside every task.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        /// The exit status; 0 is success.
        status: i32,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<Line>,
    },
}

impl Event {
    /// Reads a line of JSON.
    ///
    /// # Errors
    ///
    /// When it is no event.
    pub fn read(line: &[u8]) -> Result<Self> {
        Ok(serde_json::from_slice(line)?)
    }

    /// Appends a line of JSON.
    // No type is chosen by the caller: so it is compiled here, where it is
    // optimised, and not wherever it is called.
    pub fn write(&self, out: &mut Vec<u8>) {
        let begin = out.len();
        serde_json::to_writer(&mut *out, self).expect("numbers and texts can be written");
        if !out[begin..].is_ascii()
            && let Ok(json) = str::from_utf8(&out[begin..])
            && let Cow::Owned(visible) = visible_json(json)
        {
            out.truncate(begin);
            out.extend_from_slice(visible.as_bytes());
        }
        out.push(b'\n');
    }
}

/// The lines of the kinds of events that have one.
macro_rules! line_of {
    ($what:expr) => {
        match $what {
            What::Spawn { line, .. }
            | What::Poll { line, .. }
            | What::Print { line, .. }
            | What::Timer { line, .. }
            | What::Pending { line, .. }
            | What::Block { line, .. }
            | What::Panic { line, .. }
            | What::Trouble { line, .. }
            | What::Resource { line, .. }
            | What::Lost { line, .. }
            | What::Call { line, .. }
            | What::Exit { line, .. } => Some(line),
            What::Wake { .. }
            | What::Ready { .. }
            | What::Cancel { .. }
            | What::Cancelled { .. }
            | What::Enter { .. }
            | What::Leave { .. }
            | What::Hold { .. }
            | What::End { .. } => None,
        }
    };
}

impl What {
    /// The line of the program at which it happened, where that is known.
    pub fn line(&self) -> Option<Line> {
        line_of!(self).copied().flatten()
    }

    fn line_mut(&mut self) -> Option<&mut Option<Line>> {
        line_of!(self)
    }

    /// The line that it prints to standard output, if it does.
    pub fn stdout(&self) -> Option<&str> {
        match self {
            What::Print { text, stream: Stream::Stdout, .. } => Some(text),
            _ => None,
        }
    }

    /// The task that it happens to, if it happens to one.
    pub fn task(&self) -> Option<TaskId> {
        match self {
            What::Print { task, .. }
            | What::Timer { task, .. }
            | What::Block { task, .. }
            | What::Lost { task, .. }
            | What::Trouble { task, .. }
            | What::Call { task, .. }
            | What::Exit { task, .. } => *task,
            What::Resource { .. } | What::Hold { .. } => None,
            What::Spawn { task, .. }
            | What::Poll { task, .. }
            | What::Pending { task, .. }
            | What::Wake { task, .. }
            | What::Ready { task }
            | What::Cancel { task, .. }
            | What::Cancelled { task }
            | What::Panic { task, .. }
            | What::Enter { task, .. }
            | What::Leave { task, .. }
            | What::End { task } => Some(*task),
        }
    }
}

/// How it stands with a call in another thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Called {
    /// It waits for a thread, and all are taken.
    Waits,
    /// It begins, after it had to wait.
    Starts,
    /// Nobody waits for it any more.
    GivenUp,
    /// tokio: main is done, and the runtime waits for it.
    MainDone,
    /// It is over, after it was given up.
    Over,
}

/// What nobody got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lost {
    /// tokio: a `notify_waiters` while nobody waited; asyncio: a condition's `notify`.
    /// With an `n` of 0: the task has got a later one.
    Notification,
    /// tokio: values that a receiver of a broadcast channel was too slow for.
    Values,
    /// tokio: what was sent through a broadcast channel, last at `line`, before the
    /// receiver that waits now subscribed, at `again`. With an `n` of 0: it has got
    /// something now.
    Late,
    /// tokio: a permit or a guard, of the `n`th thing of which this is told, that was
    /// dropped in the statement that took it, `let _ = …`. Told twice at most.
    Unkept,
    /// And later one of the same was kept.
    Kept,
    /// tokio: bytes that a read had when it was dropped.
    Read,
    /// tokio: the rest of what a write was to write when it was dropped, after
    /// that many bytes.
    Written,
    /// tokio: messages that a branch had taken when it was dropped.
    Message,
}

/// What goes wrong in asyncio where nobody of the program looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// A task failed, and nobody asked for its result.
    NeverRetrieved,
    /// A task was collected while it was suspended.
    Destroyed,
    /// A callback raised.
    Callback,
    /// The handler of a server's connection raised.
    Handler,
    /// A protocol raised.
    Protocol,
    /// Closing an asynchronous generator raised.
    Generator,
    /// Whatever other exception is handed to asyncio's exception handler.
    Other,
    /// What else that is told: a library complains, of no exception.
    Complaint,
    /// Another thread called the loop as if it were its own.
    Thread,
    /// The handler of a signal did so while the loop was asleep.
    Signal,
    /// What another thread asked of the loop had to wait for its thread.
    Late,
    /// A task was told to stop by a timeout of its own, and goes on.
    Ignores,
    /// And then it did stop.
    Heeds,
    /// A task was told to stop, and what it was in within asyncio (`text`) kept that
    /// from it: `wait_for`, or a `group`.
    Swallowed,
    /// A timeout ran out, and what it was to end went on for so long and ended as if
    /// nothing had been.
    Outlasted,
    /// A coroutine was made, and nothing of it ran.
    NeverAwaited,
    /// A task waits for the end of another process that has filled the pipe to its
    /// output (`text`), and nobody has read of that for a second.
    Unread,
    /// And then somebody did, or the process had ended.
    Read,
    /// tokio: a thread panicked, and in no task.
    Panic,
    /// tokio: a timeout was due while its own future had the thread.
    Timeout,
    /// tokio: a timeout was due while its task waited for other things, and was
    /// seen so late.
    Unpolled,
    /// tokio: a branch (`text`) of a `select!` was looked at so late after it was
    /// ready, as another one was ready before it time after time.
    PassedOver,
}

/// What tasks wait for that is not a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// A mutex; asyncio: a `Lock`.
    Lock,
    /// A lock that several may have to read.
    Rwlock,
    /// A semaphore.
    Semaphore,
    /// A channel of many messages.
    Channel,
    /// One whose every receiver gets every message.
    Broadcast,
    /// A channel of the latest value.
    Watch,
    /// A channel of one value.
    Oneshot,
    /// tokio: a `Notify`.
    Notify,
    /// A barrier.
    Barrier,
    /// A cell that is set once.
    Cell,
    /// asyncio: an `Event`.
    Event,
    /// asyncio: a `Condition`.
    Condition,
    /// asyncio: a `Queue`.
    Queue,
}

/// Who woke a task, or cancels it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum By {
    /// Another task, or the task itself.
    Task(TaskId),
    /// Something outside the tasks.
    Source(Source),
}

/// What wakes tasks besides tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A timer that was due.
    Timer,
    /// The operating system: a socket, a pipe, a signal, another thread.
    Io,
    /// The runtime itself, for a task that only gave others a turn.
    Runtime,
}

/// How a task learns that it is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// tokio: its future is dropped where it stands; this is its end.
    Drop,
    /// asyncio: `CancelledError` is raised where it stands; polls may follow.
    Throw,
}

/// How a branch gave the thread back to its task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Left {
    /// It waits.
    Pending,
    /// It is done.
    Ready,
    /// It was dropped unfinished.
    Drop,
}

/// Where a line was printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stream {
    /// Standard output.
    #[default]
    Stdout,
    /// Standard error.
    Stderr,
}

impl Stream {
    fn is_stdout(&self) -> bool {
        *self == Stream::Stdout
    }
}

impl Recording {
    /// Reads JSON lines, the header first.
    ///
    /// # Errors
    ///
    /// Names the line that is no event, a header of a newer [`FORMAT`], or the
    /// lack of one.
    pub fn read(lines: impl BufRead) -> Result<Self> {
        let mut lines = lines.lines().enumerate();
        let Some((_, first)) = lines.next() else {
            bail!("a recording begins with a header, this one is empty");
        };
        let header: Header =
            serde_json::from_str(&first?).context("line 1 is not a recording's header")?;
        ensure!(
            header.format <= FORMAT,
            "the recording is of format {}, this program reads {FORMAT}: update it",
            header.format
        );
        ensure!(
            header.format == FORMAT,
            "the recording is of format {}, made by an earlier version: make it anew, by \
             `cargo run -- record {1}` if the book keeps it, or else by `cargo run -- trace \
             FILE --format jsonl`",
            header.format,
            header.program
        );
        let events = lines
            .map(|(i, line)| {
                serde_json::from_str(&line?).with_context(|| format!("line {} is no event", i + 1))
            })
            .collect::<Result<_>>()?;
        Ok(Recording { header, events })
    }

    /// Writes JSON lines, the header first.
    ///
    /// # Errors
    ///
    /// What `out` says.
    pub fn write(&self, mut out: impl Write) -> Result<()> {
        serde_json::to_writer(&mut out, &self.header)?;
        out.write_all(b"\n")?;
        let mut line = Vec::new();
        for event in &self.events {
            line.clear();
            event.write(&mut line);
            out.write_all(&line)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_of_an_earlier_or_later_format_says_what_to_do() {
        for (format, way_out) in [(1, "cargo run -- record v5"), (3, "update it")] {
            let header = format!(
                r#"{{"format":{format},"program":"v5","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"}}"#
            );
            let error = Recording::read(header.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(&format!("of format {format}")), "{error}");
            assert!(error.contains(way_out), "{error}");
        }
    }

    #[test]
    fn a_line_of_another_file_has_its_name_beside_it() {
        let text = r#"{"t":1,"file":"src/worker.rs","ev":"poll","task":0,"line":6}"#;
        let event: Event = serde_json::from_str(text).unwrap();
        assert_eq!(event.what.line().unwrap().to_string(), "worker.rs:6");
        assert_eq!(serde_json::to_string(&event).unwrap(), text);

        let text = r#"{"task":1,"line":6,"file":"src/net/mod.rs"}"#;
        let held: crate::on::Held = serde_json::from_str(text).unwrap();
        assert_eq!(held.line.unwrap().words(), "net/mod.rs:6");
        assert_eq!(serde_json::to_string(&held).unwrap(), text);
    }
}
