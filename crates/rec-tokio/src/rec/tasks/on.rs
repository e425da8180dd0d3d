//! The things that a task can wait for, as the records have them.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use super::taken;
use crate::rec::records::raw::Quoted;

/// Something to wait for.
#[derive(Clone, Debug)]
pub(crate) struct Wait {
    pub(crate) on: On,
    /// The stack of the leaf.
    pub(crate) stack: u32,
}

/// What a leaf waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum On {
    /// In the reader's words.
    Text(Cow<'static, str>),
    /// So much time, as the program said it.
    Time(Duration),
    /// The end of one of these tasks.
    Tasks(Vec<u32>),
    /// The mutex at this address.
    Lock(usize),
    /// Its next turn: it let the others go first.
    Turn,
}

/// To wait for `what`, in the reader's words.
pub(crate) fn text(what: impl Into<Cow<'static, str>>) -> On {
    On::Text(what.into())
}

impl fmt::Display for On {
    /// As a JSON object.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            On::Text(text) => write!(f, "{{\"text\":{}}}", Quoted(text)),
            On::Time(time) => write!(f, "{{\"ns\":{}}}", time.as_nanos()),
            On::Tasks(tasks) => write!(f, "{{\"tasks\":{tasks:?}}}"),
            On::Lock(address) => match taken::by(*address) {
                Some((task, stack)) => write!(f, "{{\"lock\":[{task},{stack}]}}"),
                None => write!(f, "{{\"text\":\"the lock\"}}"),
            },
            On::Turn => write!(f, "{{\"text\":\"its next turn\"}}"),
        }
    }
}

/// The waits of a pending task, as a JSON list.
pub(crate) struct List<'a>(pub(crate) &'a [(u64, Wait)]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (i, (_, wait)) in self.0.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            write!(f, "{comma}{{\"for\":{},\"s\":{}}}", wait.on, wait.stack)?;
        }
        f.write_str("]")
    }
}
