//! Which task has this thread: a stack, since a task can be polled within
//! another's poll (`LocalSet`).

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use super::node::Node;
use super::on::Wait;
use crate::rec::records::stack;

/// A task that has the thread.
pub(crate) struct Frame {
    pub(crate) node: Arc<Node>,
    /// What its leaves have said in this poll.
    pub(crate) waits: Vec<Said>,
    /// How often they, or strangers, have said something.
    pub(crate) said: u64,
    /// The wakers of the task that strangers have, and the stacks at which
    /// they have taken them.
    pub(crate) taken: Vec<(u64, u32)>,
    /// A leaf is being polled, which will say itself what it waits for.
    pub(crate) is_quiet: bool,
}

/// What a leaf has said.
pub(crate) struct Said {
    /// The leaf's.
    pub(crate) key: u64,
    pub(crate) wait: Wait,
    /// How much had been said by then, with this.
    pub(crate) at: u64,
}

impl Frame {
    fn new(node: Arc<Node>) -> Self {
        Frame { node, waits: Vec::new(), said: 0, taken: Vec::new(), is_quiet: false }
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
    // A thread that ends has no tasks any more.
    let _ = STACK.try_with(|stack| stack.borrow_mut().push(frame));
}

/// The inverse of [`enter`]: what the task's leaves have said, and where
/// strangers have taken its waker.
pub(crate) fn leave() -> (Vec<(u64, Wait)>, Vec<u32>) {
    let frame = STACK.try_with(|stack| stack.borrow_mut().pop());
    let Some(frame) = frame.ok().flatten() else { return Default::default() };
    let mut taken = Vec::new();
    for (_, stack) in frame.taken {
        if !taken.contains(&stack) {
            taken.push(stack);
        }
    }
    let waits = frame.waits.into_iter().map(|said| (said.key, said.wait)).collect();
    (waits, taken)
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

/// What leaves have said they wait for since `said` was `before`.
pub(crate) fn said_since(before: u64) -> Vec<(u64, Wait)> {
    let since = |frame: &mut Frame| {
        let new = frame.waits.iter().filter(|said| said.at > before);
        new.map(|said| (said.key, said.wait.clone())).collect()
    };
    with(since).unwrap_or_default()
}

/// The waker `number` of `node`'s task is taken: by a stranger, unless a leaf is
/// polled that will say itself what it waits for.
pub(crate) fn taken(node: &Node, number: u64) {
    let is_stranger = |frame: &mut Frame| frame.node.id == node.id && !frame.is_quiet;
    if with(is_stranger) == Some(true) {
        let stack = stack::here();
        with(|frame| {
            frame.said += 1;
            frame.taken.push((number, stack));
        });
    }
}

/// The waker `number` of `node`'s task is not needed any more.
pub(crate) fn given_back(node: &Node, number: u64) {
    with(|frame| {
        if frame.node.id == node.id {
            frame.taken.retain(|(other, _)| *other != number);
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
