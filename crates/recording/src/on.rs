//! What a pending task waits for.
//!
//! A `pending` event has a list of [`On`]: any one of them lets the task go on.
//! It is written as kinds, ids and numbers; [`crate::waits`] makes words of it.
//!
//! ```text
//! {"t":0,"ev":"pending","task":0,"on":[{"for":"tasks","of":[1,2],"all":true},{"for":"time","ns":1000000000}]}
//! ```
//!
//! says that main waits for tasks 1 and 2 to finish, or for a second.

use std::borrow::Cow;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::ids::{Line, ResourceId, TaskId};

/// Something that a task waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum On {
    /// So much time to pass, as the program asked for it.
    Time {
        /// In nanoseconds; for ever, if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ns: Option<u64>,
    },
    /// The next tick of an interval.
    Tick,
    /// Tasks to finish.
    Tasks {
        /// Which; none where they are not known.
        of: Vec<TaskId>,
        /// Whether each of them has to, or one is enough.
        #[serde(default, skip_serializing_if = "is_default")]
        all: bool,
        /// How many blocking calls are among them, beside the tasks.
        #[serde(default, skip_serializing_if = "is_default")]
        calls: u32,
    },
    /// Blocking calls to finish, on threads of their own.
    Blocking {
        /// How many.
        #[serde(default = "one", skip_serializing_if = "is_one")]
        n: u32,
    },
    /// A lock.
    Lock {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
        /// For what.
        #[serde(default, skip_serializing_if = "is_default")]
        mode: Mode,
        /// Who has it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        held: Vec<Held>,
    },
    /// Permits of a semaphore.
    Permit {
        /// How many.
        #[serde(default = "one", skip_serializing_if = "is_one")]
        n: u32,
        /// Of which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
        /// Who has some.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        held: Vec<Held>,
    },
    /// Something to be sent to it.
    Message {
        /// The channel or queue.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
    },
    /// Room for what it wants to send or write.
    Room {
        /// Where.
        of: Room,
        /// The channel or queue.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
    },
    /// That somebody closes something, or goes.
    Close {
        /// What.
        of: Close,
        /// The channel.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
    },
    /// The one value of a oneshot channel.
    Answer {
        /// The channel.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
    },
    /// Another value of a watch channel.
    Value {
        /// Whether not any will do.
        #[serde(default, skip_serializing_if = "is_default")]
        fits: bool,
        /// The channel.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
    },
    /// A cell to be set.
    Cell {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
        /// Who is at setting it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        held: Vec<Held>,
    },
    /// The others at a barrier.
    Barrier {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
        /// How many it lets go together, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        n: Option<u32>,
    },
    /// A notification.
    Notification {
        /// Of what.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
    },
    /// asyncio: an `Event`.
    Event {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
    },
    /// Its next turn: it let the others go first.
    Turn,
    /// The world outside the process.
    Io {
        /// What of it.
        what: Io,
    },
    /// asyncio: a queue to be worked off.
    Work {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<ResourceId>,
    },
    /// asyncio: the tasks of a group that it does not know one by one.
    Group,
    /// tokio: the tasks of a `LocalSet`.
    Local,
    /// One of a set of futures inside the task.
    Futures,
    /// asyncio: the next of several, as they complete.
    Next,
    /// asyncio: a future of which nothing else is known.
    Future,
    /// All of these.
    All {
        /// Which.
        on: Vec<On>,
    },
    /// One of these; within [`On::All`].
    Any {
        /// Which.
        on: Vec<On>,
    },
    /// In words that nobody is to read back.
    Other {
        /// They.
        text: String,
    },
}

/// What a lock is wanted for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// To be alone, of a mutex.
    #[default]
    Only,
    /// To read.
    Read,
    /// To write.
    Write,
}

/// Where there is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Room {
    /// A channel.
    Channel,
    /// asyncio: a queue.
    Queue,
    /// asyncio: a stream.
    Stream,
    /// A socket.
    Socket,
    /// Whatever is written to.
    Output,
}

/// What is to close, or to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Close {
    /// A channel.
    Channel,
    /// The receiver of a channel.
    Receiver,
    /// All receivers of a channel.
    Receivers,
    /// A server.
    Server,
    /// A connection.
    Connection,
}

/// What of the world outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Io {
    /// Bytes to read.
    Data,
    /// Somebody to connect.
    Connection,
    /// Anybody to connect, for ever.
    Connections,
    /// That it is connected.
    Connecting,
    /// A datagram.
    Packet,
    /// The address of a name.
    Address,
    /// A file.
    File,
    /// Standard input.
    Input,
    /// That its output is written.
    Output,
    /// Ctrl-C.
    CtrlC,
    /// A signal.
    Signal,
    /// Another process.
    Process,
    /// That another process has started.
    ProcessStart,
    /// That another process ends.
    ProcessEnd,
    /// That a server listens.
    Listen,
}

/// Who has something while another waits for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Json", into = "Json")]
pub struct Held {
    /// Who took it; none outside every task.
    pub task: Option<TaskId>,
    /// Where it took it.
    pub line: Option<Line>,
    /// It was given back and handed on to this task, which waits in line for it,
    /// at this line, and has not come to take it.
    pub handed: bool,
    /// And the future that it was handed to is one that the task polls no more.
    pub dormant: bool,
    /// The guard can have been moved to another task since it was taken.
    pub loose: bool,
    /// tokio: the permit was forgotten, so that nobody has it and nobody gets it.
    pub forgotten: bool,
}

impl Held {
    /// Whether whoever took it has it, for certain.
    pub fn is_firm(&self) -> bool {
        !self.loose && !self.forgotten
    }
}

/// A [`Held`], with the file of its line beside the line.
#[derive(Serialize, Deserialize)]
struct Json {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    task: Option<TaskId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<Cow<'static, str>>,
    #[serde(default, skip_serializing_if = "is_default")]
    handed: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    dormant: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    loose: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    forgotten: bool,
}

impl From<Json> for Held {
    fn from(json: Json) -> Self {
        let Json { task, line, file, handed, dormant, loose, forgotten } = json;
        let line = line.map(|line| match &file {
            Some(file) => line.within(file),
            None => line,
        });
        Held { task, line, handed, dormant, loose, forgotten }
    }
}

impl From<Held> for Json {
    fn from(held: Held) -> Self {
        let Held { task, line, handed, dormant, loose, forgotten } = held;
        let file = line.and_then(Line::file).map(Cow::from);
        Json { task, line, file, handed, dormant, loose, forgotten }
    }
}

impl On {
    /// Reads a line of JSON: a list.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn read(line: &[u8]) -> Result<Vec<Self>> {
        Ok(serde_json::from_slice(line)?)
    }

    /// The lock, the channel, … that it is about, if that is known.
    pub fn resource(&self) -> Option<ResourceId> {
        match self {
            On::Lock { resource, .. }
            | On::Permit { resource, .. }
            | On::Message { resource }
            | On::Room { resource, .. }
            | On::Close { resource, .. }
            | On::Answer { resource }
            | On::Value { resource, .. }
            | On::Cell { resource, .. }
            | On::Barrier { resource, .. }
            | On::Notification { resource }
            | On::Event { resource }
            | On::Work { resource } => *resource,
            On::Time { .. }
            | On::Tick
            | On::Tasks { .. }
            | On::Blocking { .. }
            | On::Turn
            | On::Io { .. }
            | On::Group
            | On::Local
            | On::Futures
            | On::Next
            | On::Future
            | On::All { .. }
            | On::Any { .. }
            | On::Other { .. } => None,
        }
    }

    /// The tasks whose end it is, with whether each of them has to end and
    /// nothing else; none where it is not about the end of tasks.
    pub fn ends(&self) -> Option<(&[TaskId], bool)> {
        match self {
            On::Tasks { of, all, calls } => {
                Some((of, !of.is_empty() && *calls == 0 && (*all || of.len() == 1)))
            }
            On::Group | On::Next => Some((&[], false)),
            _ => None,
        }
    }

    /// Who has it, where that is what stands in the way.
    pub fn held(&self) -> &[Held] {
        match self {
            On::Lock { held, .. } | On::Permit { held, .. } | On::Cell { held, .. } => held,
            _ => &[],
        }
    }

    /// Whether it waits for others to ask or to send: who does so serves them.
    pub fn serves(&self) -> bool {
        match self {
            On::Tick
            | On::Message { .. }
            | On::Value { fits: false, .. }
            | On::Notification { .. }
            | On::Event { .. } => true,
            On::Io { what } => matches!(
                what,
                Io::Data
                    | Io::Connection
                    | Io::Connections
                    | Io::Packet
                    | Io::Input
                    | Io::CtrlC
                    | Io::Signal
            ),
            // Named one by one, so that a new one has to be thought of.
            On::Time { .. }
            | On::Tasks { .. }
            | On::Blocking { .. }
            | On::Lock { .. }
            | On::Permit { .. }
            | On::Room { .. }
            | On::Close { .. }
            | On::Answer { .. }
            | On::Value { fits: true, .. }
            | On::Cell { .. }
            | On::Barrier { .. }
            | On::Turn
            | On::Work { .. }
            | On::Group
            | On::Local
            | On::Futures
            | On::Next
            | On::Future
            | On::All { .. }
            | On::Any { .. }
            | On::Other { .. } => false,
        }
    }

    /// The parts that it is made of, itself the first.
    pub fn parts(&self) -> Vec<&On> {
        let mut parts = vec![self];
        if let On::All { on } | On::Any { on } = self {
            parts.extend(on.iter().flat_map(On::parts));
        }
        parts
    }

    /// The same, whatever time it asks for.
    pub fn timeless(mut self) -> On {
        match &mut self {
            On::Time { ns } => *ns = ns.map(|_| 0),
            On::All { on } | On::Any { on } => {
                *on = std::mem::take(on).into_iter().map(On::timeless).collect();
            }
            _ => {}
        }
        self
    }
}

fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_one(n: &u32) -> bool {
    *n == 1
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_left_out() {
        for (on, json) in [
            (On::Turn, r#"{"for":"turn"}"#),
            (On::Time { ns: Some(5) }, r#"{"for":"time","ns":5}"#),
            (On::Blocking { n: 1 }, r#"{"for":"blocking"}"#),
            (
                On::Tasks { of: vec![1, 2], all: true, calls: 0 },
                r#"{"for":"tasks","of":[1,2],"all":true}"#,
            ),
            (On::Lock { resource: None, mode: Mode::Only, held: Vec::new() }, r#"{"for":"lock"}"#),
            (On::Io { what: Io::CtrlC }, r#"{"for":"io","what":"ctrl_c"}"#),
        ] {
            assert_eq!(serde_json::to_string(&on).unwrap(), json);
            assert_eq!(serde_json::from_str::<On>(json).unwrap(), on);
        }
    }

    #[test]
    fn the_end_of_one_of_several_is_not_the_end_of_each() {
        let tasks = |of: &[TaskId], all| On::Tasks { of: of.to_vec(), all, calls: 0 };
        assert_eq!(tasks(&[1, 2], true).ends(), Some((&[1, 2][..], true)));
        assert_eq!(tasks(&[1, 2], false).ends(), Some((&[1, 2][..], false)));
        assert_eq!(tasks(&[1], false).ends(), Some((&[1][..], true)));
        assert_eq!(tasks(&[], false).ends(), Some((&[][..], false)));
        assert_eq!(On::Turn.ends(), None);
    }
}
