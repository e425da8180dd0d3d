//! What the stand-in writes, as it is read. `wire` says what each record is,
//! `crates/rec-tokio` when it is written.

use serde::Deserialize;

use recording::event::{By, Class, Left, Lost, ResourceKind};
use recording::on::{Close as CloseOf, Mode, Room as RoomOf};

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
    #[serde(flatten)]
    pub on: RawOn,
    /// None for a list of others.
    #[serde(default)]
    pub s: StackId,
}

/// Who has something.
type Held = Vec<Has>;

/// Somebody who has something that others wait for.
#[derive(Debug, Deserialize)]
pub(super) struct Has {
    /// Where it was taken, or is waited for.
    pub s: StackId,
    pub task: Option<u32>,
    /// It was handed on to this task, which waits in line for it.
    #[serde(default)]
    pub handed: bool,
    /// Its guard can have been moved to another task.
    #[serde(default)]
    pub loose: bool,
    /// And it was to a future that the task does not poll any more.
    #[serde(default)]
    pub dormant: bool,
}

/// Makes the leaves of `wire` what serde reads.
macro_rules! make_leaves {
    ($(
        $(#[$doc:meta])*
        $name:ident = $tag:literal { $($field:ident: $type:ty),* }
    )*) => {
        /// What a leaf waits for.
        #[derive(Debug, Deserialize)]
        #[serde(tag = "for")]
        pub(super) enum RawOn {
            $($(#[$doc])* #[serde(rename = $tag)] $name { $($field: $type),* }),*
        }
    };
}
crate::wire::leaves!(make_leaves);
