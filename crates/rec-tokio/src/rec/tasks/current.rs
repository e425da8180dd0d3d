//! Which task has this thread: a stack, since a task can be polled within
//! another's poll (`LocalSet`).

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::task::Poll;

use super::keys;
use super::node::Node;
use super::on::{Group, On, Said, Wait};
use crate::rec::records::stack;

/// A message that was taken out of a channel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    pub(crate) resource: u32,
    pub(crate) stack: u32,
}

/// A task that has the thread.
pub(crate) struct Frame {
    pub(crate) node: Arc<Node>,
    /// What its leaves and branches have said in this poll, by their keys, each
    /// with how much had been said by then.
    waits: Vec<(u64, Said, u64)>,
    /// How often they, or strangers, have said something.
    said: u64,
    /// How often its branches were polled in this poll.
    branches: u32,
    /// A leaf is being polled, which will say itself what it waits for.
    is_quiet: bool,
    /// How many branches are being polled, one within the other.
    within: u32,
    /// The messages that the branch that is polled has taken; none outside branches.
    pub(crate) taken: Option<Vec<Taken>>,
}

impl Frame {
    fn new(node: Arc<Node>) -> Self {
        let (waits, taken) = (Vec::new(), None);
        Frame { node, waits, said: 0, branches: 0, within: 0, is_quiet: false, taken }
    }

    fn forget(&mut self, key: u64) {
        self.waits.retain(|(other, ..)| *other != key);
    }
}

thread_local! {
    static STACK: RefCell<Vec<Frame>> = const { RefCell::new(Vec::new()) };
    /// A task is being woken.
    static WAKING: Cell<bool> = const { Cell::new(false) };
    /// The task that finished last on this thread, until the next poll.
    static FINISHED: RefCell<Option<u32>> = const { RefCell::new(None) };
}

/// Gives the thread to `node`'s task until [`leave`].
pub(crate) fn enter(node: &Arc<Node>) {
    let frame = Frame::new(Arc::clone(node));
    keys::turn_changes();
    // A thread that ends has no tasks any more.
    let _ = STACK.try_with(|stack| stack.borrow_mut().push(frame));
}

/// The inverse of [`enter`]: what the task's leaves and branches have said.
pub(crate) fn leave() -> Vec<(u64, Said)> {
    let frame = STACK.try_with(|stack| stack.borrow_mut().pop());
    keys::turn_changes();
    let waits = frame.ok().flatten().map(|frame| frame.waits).unwrap_or_default();
    waits.into_iter().map(|(key, said, _)| (key, said)).collect()
}

/// Calls `f` with the task that has the thread.
pub(crate) fn with<T>(f: impl FnOnce(&mut Frame) -> T) -> Option<T> {
    STACK.try_with(|stack| stack.try_borrow_mut().ok()?.last_mut().map(f)).ok().flatten()
}

/// The number of the task that has the thread.
pub(crate) fn task() -> Option<u32> {
    with(|frame| frame.node.id)
}

/// How often leaves have said what they wait for, in this poll.
pub(crate) fn said() -> u64 {
    with(|frame| frame.said).unwrap_or_default()
}

/// The leaf or branch `key` of the task that has the thread says something.
pub(crate) fn say(key: u64, said: Said) {
    with(|frame| {
        frame.said += 1;
        let new = (key, said, frame.said);
        match frame.waits.iter_mut().find(|(other, ..)| *other == key) {
            Some(old) => *old = new,
            None => frame.waits.push(new),
        }
    });
}

/// A branch of the task that has the thread is polled: for how many times any
/// of them is, in this poll.
pub(crate) fn polls_branch() -> u32 {
    with(|frame| {
        frame.branches = frame.branches.saturating_add(1);
        frame.branches
    })
    .unwrap_or_default()
}

/// The leaf or branch `key` waits no more.
pub(crate) fn forget(key: u64) {
    with(|frame| frame.forget(key));
}

/// Takes what has been said since `said` was `before`.
pub(crate) fn take_since(before: u64) -> Vec<(u64, Said)> {
    let since = |frame: &mut Frame| {
        let new = frame.waits.extract_if(.., |(.., at)| *at > before);
        new.map(|(key, said, _)| (key, said)).collect()
    };
    with(since).unwrap_or_default()
}

/// Calls `poll`, which polls the futures of a `group`: what it waits for is
/// what these do, also those that are not polled again each time, as long as
/// none of them is ready.
pub(crate) fn group<T>(group: Group, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
    let result = quietly(true, poll);
    with(|frame| match &result {
        Poll::Pending => {
            for (key, said) in frame.node.branches_of(group) {
                if frame.waits.iter().all(|(other, ..)| *other != key) {
                    frame.said += 1;
                    frame.waits.push((key, Said::Branch(group, said), frame.said));
                }
            }
        }
        Poll::Ready(_) => {
            frame.waits.retain(|(_, said, _)| !matches!(said, Said::Branch(of, _) if *of == group))
        }
    });
    result
}

/// The waker `number` of `node`'s task is taken: by a stranger, unless a leaf is
/// polled that will say itself what it waits for.
pub(crate) fn taken(node: &Node, number: u64) {
    let is_stranger = |frame: &mut Frame| frame.node.id == node.id && !frame.is_quiet;
    if with(is_stranger) == Some(true) {
        say(number, Said::Leaf(Wait { on: On::Stranger {}, stack: stack::here() }));
    }
}

/// The waker `number` of `node`'s task is not needed any more.
pub(crate) fn given_back(node: &Node, number: u64) {
    with(|frame| {
        if frame.node.id == node.id {
            frame.forget(number);
        }
    });
}

/// Calls `f`, which polls a leaf that says itself what it waits for, or (if
/// not `is_quiet`) something of the program's own within such a leaf.
pub(crate) fn quietly<T>(is_quiet: bool, f: impl FnOnce() -> T) -> T {
    let before = with(|frame| std::mem::replace(&mut frame.is_quiet, is_quiet));
    let result = f();
    if let Some(before) = before {
        with(|frame| frame.is_quiet = before);
    }
    result
}

/// Calls `f`, which polls a branch of the task.
pub(crate) fn branch<T>(f: impl FnOnce() -> T) -> T {
    with(|frame| frame.within += 1);
    let result = f();
    with(|frame| frame.within -= 1);
    result
}

/// Whether a branch is being polled: the task's poll may go on after it.
pub(crate) fn is_in_branch() -> bool {
    with(|frame| frame.within > 0).unwrap_or_default()
}

/// Calls `f`, which wakes a task.
pub(crate) fn waking(f: impl FnOnce()) {
    let before = WAKING.try_with(|waking| waking.replace(true));
    f();
    if let Ok(before) = before {
        let _ = WAKING.try_with(|waking| waking.set(before));
    }
}

/// Whether a task is being woken.
pub(crate) fn is_waking() -> bool {
    WAKING.try_with(Cell::get).unwrap_or_default()
}

/// Remembers who finished, or forgets it.
pub(crate) fn set_finished(task: Option<u32>) {
    let _ = FINISHED.try_with(|finished| *finished.borrow_mut() = task);
}

/// The task that has finished, if none was polled since.
pub(crate) fn finished() -> Option<u32> {
    FINISHED.try_with(|finished| *finished.borrow()).ok().flatten()
}
