//! What the stand-in writes, as it is read. `wire` says what each record is,
//! `crates/rec-tokio` when it is written.

use serde::Deserialize;

use recording::event::{By, Class, Left};

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

/// Makes the records of `wire` what serde reads.
macro_rules! make {
    ($(
        $(#[$doc:meta])*
        $name:ident = $tag:literal { $($field:ident: $type:ty),* }
    )*) => {
        /// What happened.
        #[derive(Debug, Deserialize)]
        #[serde(tag = "e")]
        pub(super) enum RawWhat {
            $($(#[$doc])* #[serde(rename = $tag)] $name { $($field: $type),* }),*
        }
    };
}
crate::wire::records!(make);

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
