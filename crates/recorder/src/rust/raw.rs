//! What the stand-in writes, as it is read. `wire` says what each record is,
//! `crates/rec-tokio` when it is written.

use serde::Deserialize;

use super::cbor::{Input, Take};
use anyhow::{Context, Result};
use recording::event::{By, Called, Class, Left, Lost, ResourceKind};
use recording::on::{Close as CloseOf, Mode, Room as RoomOf};
use recording::thread::Thread;

/// A raw record.
#[derive(Debug)]
pub(super) struct Raw {
    /// Nanoseconds since the process started.
    pub t: u64,
    /// The thread of several on which it happened.
    pub w: Option<u32>,
    pub what: RawWhat,
}

/// The number of a call stack; 0 is none.
pub(super) type StackId = u32;

/// Makes the records of `wire` what can be read.
macro_rules! make {
    ($(
        $(#[$doc:meta])*
        $name:ident { $($field:ident: $type:ty),* }
    )*) => {
        /// What happened.
        #[derive(Debug)]
        pub(super) enum RawWhat {
            $($(#[$doc])* $name { $($field: $type),* }),*
        }

        /// Which record it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tag {
            $($(#[$doc])* $name),*
        }

        /// All of them, in their order.
        const TAGS: &[Tag] = &[$(Tag::$name),*];

        impl Tag {
            /// Reads its fields.
            fn fields(self, from: &mut Input) -> Result<RawWhat> {
                Ok(match self {
                    $(Tag::$name => RawWhat::$name {
                        $($field: Take::take(from).context(stringify!($name.$field))?),*
                    }),*
                })
            }

            /// Reads past them.
            fn skip(self, from: &mut Input) -> Result<()> {
                let fields: usize = match self {
                    $(Tag::$name => const {
                        let fields: &[&str] = &[$(stringify!($field)),*];
                        fields.len()
                    }),*
                };
                (0..fields).try_for_each(|_| from.skip())
            }
        }
    };
}
crate::wire::records!(make);

impl Raw {
    /// The next of the records that are `wanted`, of which the one before any was
    /// at `t` ns.
    pub fn next(from: &mut Input, t: &mut u64, wanted: fn(Tag) -> bool) -> Result<Option<Self>> {
        while !from.is_over()? {
            let tag = usize::from(u8::take(from)?);
            let tag = *TAGS.get(tag).with_context(|| format!("{tag} is no record"))?;
            *t += u64::take(from)?;
            let w: Option<u32> = Take::take(from)?;
            if wanted(tag) {
                return Ok(Some(Raw { t: *t, w, what: tag.fields(from)? }));
            }
            tag.skip(from)?;
        }
        Ok(None)
    }
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

macro_rules! texts {
    ($($type:ty)*) => {
        $(impl Take for $type {
            fn take(from: &mut Input) -> Result<Self> {
                from.word()
            }
        })*
    };
}
texts!(Kind ResourceKind Lost Called Left Class Mode RoomOf CloseOf);

impl Take for Thread {
    fn take(from: &mut Input) -> Result<Self> {
        match from.is_number()? {
            true => Ok(match u32::take(from)? {
                0 => Thread::Blocking,
                n => Thread::Nameless { n },
            }),
            false => Ok(Thread::Named(String::take(from)?)),
        }
    }
}

impl Take for By {
    fn take(from: &mut Input) -> Result<Self> {
        match from.is_number()? {
            true => Ok(By::Task(u32::take(from)?)),
            false => Ok(By::Source(from.word()?)),
        }
    }
}

/// A leaf that waits.
#[derive(Debug)]
pub(super) struct Wait {
    pub on: RawOn,
    /// None for a list of others.
    pub s: StackId,
}

/// Who has something.
type Held = Vec<Has>;

/// Somebody who has something that others wait for.
#[derive(Debug)]
pub(super) struct Has {
    /// Where it was taken, or is waited for.
    pub s: StackId,
    pub task: Option<u32>,
    /// It was handed on to this task, which waits in line for it.
    pub handed: bool,
    /// And it was to a future that the task does not poll any more.
    pub dormant: bool,
    /// Its guard can have been moved to another task.
    pub loose: bool,
    /// The permit was forgotten.
    pub forgotten: bool,
}

impl Take for Has {
    fn take(from: &mut Input) -> Result<Self> {
        from.list(6)?;
        Ok(Has {
            s: Take::take(from)?,
            task: Take::take(from)?,
            handed: Take::take(from)?,
            dormant: Take::take(from)?,
            loose: Take::take(from)?,
            forgotten: Take::take(from)?,
        })
    }
}

/// Makes the leaves of `wire` what can be read.
macro_rules! make_leaves {
    ($(
        $(#[$doc:meta])*
        $name:ident { $($field:ident: $type:ty),* }
    )*) => {
        /// What a leaf waits for.
        #[derive(Debug)]
        pub(super) enum RawOn {
            $($(#[$doc])* $name { $($field: $type),* }),*
        }

        enum Leaf {
            $($name),*
        }

        impl Take for Wait {
            fn take(from: &mut Input) -> Result<Self> {
                let length = from.length()?;
                let tag = u8::take(from)?;
                let s = Take::take(from)?;
                $(if tag == Leaf::$name as u8 {
                    let fields: &[&str] = &[$(stringify!($field)),*];
                    from.is(length, 2 + fields.len())?;
                    $(let $field = Take::take(from).context(stringify!($name.$field))?;)*
                    return Ok(Wait { on: RawOn::$name { $($field),* }, s });
                })*
                anyhow::bail!("{tag} is no leaf")
            }
        }
    };
}
crate::wire::leaves!(make_leaves);
