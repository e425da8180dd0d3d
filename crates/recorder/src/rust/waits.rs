//! What a task waits for: from what the leaves of the stand-in say to kinds.

use super::raw::{Has, RawOn, StackId, Wait};
use super::stacks::Stacks;
use super::strangers::{self, Stranger};
use recording::on::{Held, On};

/// What any of `waits` comes to; none where one of them is not known, since
/// half of it would be wrong.
pub(super) fn any(waits: &[Wait], stacks: &Stacks) -> Option<Vec<On>> {
    let kinds = kinds(waits, false, stacks)?;
    (!kinds.is_empty()).then_some(kinds)
}

/// The stacks of all leaves.
pub(super) fn stack_ids(waits: &[Wait]) -> Vec<StackId> {
    let ids = |wait: &Wait| match &wait.on {
        RawOn::All { on } | RawOn::Any { on } => stack_ids(on),
        _ => vec![wait.s],
    };
    waits.iter().flat_map(ids).collect()
}

/// The resources that are mentioned.
pub(super) fn resources(waits: &[Wait]) -> Vec<u32> {
    let ids = |wait: &Wait| match &wait.on {
        RawOn::All { on } | RawOn::Any { on } => resources(on),
        RawOn::Lock { resource, .. }
        | RawOn::Permit { resource, .. }
        | RawOn::Message { resource }
        | RawOn::Room { resource, .. }
        | RawOn::Close { resource, .. }
        | RawOn::Answer { resource }
        | RawOn::Value { resource, .. }
        | RawOn::Cell { resource, .. }
        | RawOn::Barrier { resource, .. }
        | RawOn::Notification { resource } => vec![*resource],
        RawOn::Time { .. }
        | RawOn::Tick {}
        | RawOn::Tasks { .. }
        | RawOn::Blocking {}
        | RawOn::Turn {}
        | RawOn::Local {}
        | RawOn::Futures {}
        | RawOn::Stranger {} => Vec::new(),
    };
    waits.iter().flat_map(ids).collect()
}

/// Each of `waits`, then the tasks among them as one, then what the stand-in
/// does not know. Of the tasks `all` are waited for, or any.
fn kinds(waits: &[Wait], all: bool, stacks: &Stacks) -> Option<Vec<On>> {
    let (mut kinds, mut tasks, mut others) = (Vec::new(), Vec::new(), Vec::new());
    let (mut sets, mut calls) = (0, 0);
    for wait in waits {
        match &wait.on {
            RawOn::Tasks { of } if of.is_empty() => sets += 1,
            RawOn::Tasks { of } => tasks.extend(of),
            RawOn::Blocking {} if all => calls += 1,
            RawOn::Stranger {} => match strangers::wait(&stacks.within(wait.s)) {
                Stranger::For(on) if others.contains(&on) => {}
                Stranger::For(on) => others.push(on),
                Stranger::Nothing => {}
                Stranger::Unknown => return None,
            },
            on => kinds.extend(kind(on, stacks)?),
        }
    }
    if !tasks.is_empty() {
        kinds.push(On::Tasks { of: tasks, all, calls });
    } else if calls > 0 {
        kinds.push(On::Blocking { n: calls });
    }
    if sets > 0 {
        kinds.push(On::Tasks { of: Vec::new(), all: false, calls: 0 });
    }
    kinds.extend(others);
    Some(kinds)
}

/// One leaf, or one list of others; of a list without any, nothing.
fn kind(on: &RawOn, stacks: &Stacks) -> Option<Option<On>> {
    Some(Some(match on {
        RawOn::Time { ns } => On::Time { ns: *ns },
        RawOn::Tick {} => On::Tick,
        RawOn::Blocking {} => On::Blocking { n: 1 },
        RawOn::Lock { resource, mode, held: has } => On::Lock {
            resource: Some(*resource),
            mode: mode.unwrap_or_default(),
            held: held(has, stacks),
        },
        RawOn::Permit { n, resource, held: has } => {
            On::Permit { n: n.unwrap_or(1), resource: Some(*resource), held: held(has, stacks) }
        }
        RawOn::Message { resource } => On::Message { resource: Some(*resource) },
        RawOn::Room { of, resource } => On::Room { of: *of, resource: Some(*resource) },
        RawOn::Close { of, resource } => On::Close { of: *of, resource: Some(*resource) },
        RawOn::Answer { resource } => On::Answer { resource: Some(*resource) },
        RawOn::Value { fits, resource } => On::Value { fits: *fits, resource: Some(*resource) },
        RawOn::Cell { resource, held: has } => {
            On::Cell { resource: Some(*resource), held: held(has, stacks) }
        }
        RawOn::Barrier { resource, n } => On::Barrier { resource: Some(*resource), n: Some(*n) },
        RawOn::Notification { resource } => On::Notification { resource: Some(*resource) },
        RawOn::Turn {} => On::Turn,
        RawOn::Local {} => On::Local,
        RawOn::Futures {} => On::Futures,
        RawOn::All { on } => return list(kinds(on, true, stacks)?, |on| On::All { on }),
        RawOn::Any { on } => return list(kinds(on, false, stacks)?, |on| On::Any { on }),
        RawOn::Tasks { .. } | RawOn::Stranger {} => unreachable!("`kinds` takes them"),
    }))
}

fn list(mut kinds: Vec<On>, list: impl FnOnce(Vec<On>) -> On) -> Option<Option<On>> {
    Some(match kinds.len() {
        0 | 1 => kinds.pop(),
        _ => Some(list(kinds)),
    })
}

/// Who has something.
pub(super) fn held(held: &[Has], stacks: &Stacks) -> Vec<Held> {
    let has = |has: &Has| {
        let Has { s, task, handed, dormant, loose, forgotten } = *has;
        Held { task, line: stacks.line(s), handed, dormant, loose, forgotten }
    };
    held.iter().map(has).collect()
}
