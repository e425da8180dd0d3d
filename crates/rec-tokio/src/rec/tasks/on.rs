//! The things that a task can wait for, as the records have them.

use std::borrow::Cow;
use std::time::Duration;

use super::taken;
use crate::rec::records::say::Value;

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

impl Value for On {
    fn json(&self, to: &mut String) {
        let text = |what: &str, to: &mut String| {
            to.push_str("{\"text\":");
            what.json(to);
            to.push('}');
        };
        match self {
            On::Text(what) => text(what, to),
            On::Time(time) => {
                to.push_str("{\"ns\":");
                time.as_nanos().json(to);
                to.push('}');
            }
            On::Tasks(tasks) => {
                to.push_str("{\"tasks\":");
                tasks.json(to);
                to.push('}');
            }
            On::Lock(address) => match taken::by(*address) {
                Some((task, stack)) => {
                    to.push_str("{\"lock\":");
                    [task, stack].as_slice().json(to);
                    to.push('}');
                }
                None => text("the lock", to),
            },
            On::Turn => text("its next turn", to),
        }
    }
}

impl Value for Wait {
    fn json(&self, to: &mut String) {
        to.push_str("{\"for\":");
        self.on.json(to);
        self.stack.field("s", to);
        to.push('}');
    }
}
