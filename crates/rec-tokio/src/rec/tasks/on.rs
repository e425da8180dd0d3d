//! The things that a task can wait for, as the records have them.

use super::resource::Held;
use crate::rec::records::say::{Value, list};

/// `read` or `write`.
type Mode = &'static str;
/// `channel`.
type RoomOf = &'static str;
/// `channel`, `receiver` or `receivers`.
type CloseOf = &'static str;

/// What a leaf waits for, and the stack of the leaf; 0 for a list of others.
#[derive(Clone, Debug)]
pub(crate) struct Wait {
    pub(crate) on: On,
    pub(crate) stack: u32,
}

impl Value for Wait {
    fn put(&self, to: &mut Vec<u8>) {
        list(2 + self.on.fields(), to);
        self.on.tag().put(to);
        self.stack.put(to);
        self.on.put(to);
    }
}

macro_rules! make {
    ($(
        $(#[$doc:meta])*
        $name:ident { $($field:ident: $type:ty),* }
    )*) => {
        /// What a leaf waits for.
        #[derive(Clone, Debug)]
        #[allow(missing_docs, reason = "`wire` says what each is")]
        pub(crate) enum On {
            $($(#[$doc])* $name { $($field: $type),* },)*
        }

        enum Tag {
            $($name),*
        }

        impl On {
            /// Its place in the table.
            fn tag(&self) -> u8 {
                match self {
                    $(On::$name { .. } => Tag::$name as u8,)*
                }
            }

            /// How many fields it has.
            fn fields(&self) -> usize {
                match self {
                    $(On::$name { .. } => const {
                        let fields: &[&str] = &[$(stringify!($field)),*];
                        fields.len()
                    },)*
                }
            }
        }

        /// Its fields.
        impl Value for On {
            fn put(&self, to: &mut Vec<u8>) {
                match self {
                    $(On::$name { $($field),* } => {
                        $($field.put(to);)*
                    })*
                }
            }
        }
    };
}
crate::wire::leaves!(make);

/// What was said in a poll: by a leaf, or by all leaves of a branch.
#[derive(Clone, Debug)]
pub(crate) enum Said {
    Leaf(Wait),
    Branch(Group, Vec<(u64, Said)>),
}

/// The futures that one `join!`, one `select!` or the like runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    pub(crate) number: u64,
    /// All of them are needed, not one.
    pub(crate) all: bool,
}

/// What is waited for in the end: any of these.
pub(crate) fn any(said: Vec<(u64, Said)>) -> Vec<Wait> {
    let mut waits = Vec::new();
    // Where the parts of each group that needs all of them have their place.
    let mut groups: Vec<(Group, usize, Vec<Wait>)> = Vec::new();
    for (_, said) in said {
        match said {
            Said::Leaf(wait) => waits.push(wait),
            Said::Branch(group, said) if !group.all => waits.extend(any(said)),
            Said::Branch(group, said) => {
                let part = one(any(said), |on| On::Any { on });
                match groups.iter_mut().find(|(other, ..)| *other == group) {
                    Some((.., parts)) => parts.extend(part),
                    None => groups.push((group, waits.len(), part.into_iter().collect())),
                }
            }
        }
    }
    for (_, place, parts) in groups.into_iter().rev() {
        let all = one(parts, |on| On::All { on });
        let all = match all {
            Some(Wait { on: On::Any { on }, .. }) => on,
            all => all.into_iter().collect(),
        };
        waits.splice(place..place, all);
    }
    waits
}

/// What a list comes to: nothing, the one that it has, or a list.
fn one(mut waits: Vec<Wait>, list: impl FnOnce(Vec<Wait>) -> On) -> Option<Wait> {
    match waits.len() {
        0 => None,
        1 => waits.pop(),
        _ => Some(Wait { on: list(waits), stack: 0 }),
    }
}

/// Calls `f` with every leaf.
pub(crate) fn leaves(said: &[(u64, Said)], f: &mut impl FnMut(u64, &Wait)) {
    for (key, said) in said {
        match said {
            Said::Leaf(wait) => f(*key, wait),
            Said::Branch(_, said) => leaves(said, f),
        }
    }
}
