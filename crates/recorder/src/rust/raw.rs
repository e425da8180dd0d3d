//! What the stand-in writes: one JSON object a line. `crates/rec-tokio` says
//! when; here is what each field is.

use serde::Deserialize;

use recording::event::Class;

/// A raw record.
#[derive(Debug, Deserialize)]
pub(super) struct Raw {
    /// Nanoseconds since the process started.
    pub t: u64,
    /// The thread of several on which it happened.
    pub w: Option<u32>,
    #[serde(flatten)]
    pub what: RawWhat,
}

/// The number of a call stack; 0 is none.
pub(super) type StackId = u32;

/// What happened; `k` is the task.
#[derive(Debug, Deserialize)]
#[serde(tag = "e", rename_all = "lowercase")]
pub(super) enum RawWhat {
    /// The process starts, loaded at `base`.
    Start {
        base: u64,
    },
    /// A call stack, seen for the first time: addresses, the innermost first.
    Stack {
        s: StackId,
        ips: Vec<u64>,
    },
    /// Something for the header.
    Note {
        note: String,
    },
    Spawn {
        k: u32,
        kind: Kind,
        by: Option<u32>,
        file: String,
        line: usize,
        col: usize,
    },
    Poll {
        k: u32,
        inside: Option<u32>,
    },
    Pending {
        k: u32,
        on: Vec<Wait>,
        /// Where leaves that the stand-in does not know took the task's waker.
        via: Vec<StackId>,
    },
    Ready {
        k: u32,
    },
    Cancel {
        k: u32,
        by: Option<u32>,
    },
    Panic {
        k: u32,
        text: String,
        s: Option<StackId>,
    },
    /// A panic outside every task.
    Stray {
        text: String,
        line: u32,
        col: u32,
        s: StackId,
    },
    Wake {
        k: u32,
        by: recording::event::By,
    },
    Timer {
        k: u32,
        /// In nanoseconds since the process started.
        due: u64,
        s: StackId,
    },
    Block {
        k: Option<u32>,
        ns: u64,
        s: StackId,
        thread: Option<u32>,
    },
    Print {
        k: Option<u32>,
        fd: i32,
        text: String,
        s: StackId,
        thread: Option<u32>,
    },
    Enter {
        k: u32,
        branch: String,
    },
    Leave {
        k: u32,
        branch: String,
        how: recording::event::Left,
    },
    /// The runtime of the root future `k`, which is done, is being dropped.
    End {
        k: u32,
    },
    /// Nothing is left that could wake anybody.
    Stuck,
    /// It cannot run on virtual time, as `why` says; on the machine's clock its
    /// recording is of the `class`.
    Outside {
        why: String,
        class: Class,
    },
    /// It cannot run on one thread, as `why` says.
    Workers {
        why: String,
    },
    /// So many records that the program was stopped.
    Flood,
    /// The program calls `exit`.
    Exits {
        k: Option<u32>,
        status: i32,
        s: StackId,
        thread: Option<u32>,
    },
    /// The process ends by itself.
    Exit,
}

/// What kind of task is spawned.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// What a runtime blocks on.
    Root,
    /// A spawned task.
    Task,
}

/// A leaf that waits.
#[derive(Debug, Deserialize)]
pub(super) struct Wait {
    pub r#for: For,
    pub s: StackId,
}

/// What it waits for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum For {
    Text(String),
    Ns(u64),
    Tasks(Vec<u32>),
    /// A mutex that this task took, there.
    Lock(u32, StackId),
}
