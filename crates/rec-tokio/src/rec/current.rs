//! Which task has this thread: a stack, since a task can be polled within
//! another's poll (`LocalSet`).

use std::cell::RefCell;
use std::sync::Arc;

use super::wait::Wait;
use super::waker::Node;

/// A task that has the thread.
pub(crate) struct Frame {
    pub(crate) node: Arc<Node>,
    /// What its leaves have said in this poll, by the leaf's key.
    pub(crate) waits: Vec<(u64, Wait)>,
    /// How often they have said something.
    pub(crate) said: u64,
}

thread_local! {
    static STACK: RefCell<Vec<Frame>> = const { RefCell::new(Vec::new()) };
    /// The task that finished last on this thread, until the next poll.
    static FINISHED: RefCell<Option<u32>> = const { RefCell::new(None) };
}

/// Gives the thread to `node`'s task until [`leave`].
pub(crate) fn enter(node: &Arc<Node>) {
    let frame = Frame { node: Arc::clone(node), waits: Vec::new(), said: 0 };
    // A thread that ends has no tasks any more.
    let _ = STACK.try_with(|stack| stack.borrow_mut().push(frame));
}

/// The inverse of [`enter`]: what the task's leaves have said.
pub(crate) fn leave() -> Vec<(u64, Wait)> {
    let frame = STACK.try_with(|stack| stack.borrow_mut().pop());
    frame.ok().flatten().map(|frame| frame.waits).unwrap_or_default()
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

/// Remembers who finished, or forgets it.
pub(crate) fn set_finished(task: Option<u32>) {
    let _ = FINISHED.try_with(|finished| *finished.borrow_mut() = task);
}

/// The task that has finished, if none was polled since.
pub(crate) fn finished() -> Option<u32> {
    FINISHED.try_with(|finished| *finished.borrow()).ok().flatten()
}
