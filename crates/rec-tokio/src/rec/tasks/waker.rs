//! The wakers of a task, and who wakes it.

use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

use super::node::{By, Node, State};
use super::{current, keys};
use crate::rec::records::raw::emit;
use crate::rec::records::say::Wake;
use crate::rec::records::{clock, driven, roots, workers};

/// Whether `waker` is one that a task was polled with, and not one of those
/// that a set of futures makes for each of them.
pub(crate) fn is_own(waker: &Waker) -> bool {
    std::ptr::eq(waker.vtable(), &raw const VTABLE)
}

/// A waker of a task.
///
/// No two are the same to [`Waker::will_wake`], so that every leaf takes a new
/// one in every poll: what is not taken is not waited for. Each says where it
/// is taken, and when it is dropped, which `std::task::Wake` cannot.
struct PollWaker {
    node: Arc<Node>,
    number: u64,
}

static VTABLE: RawWakerVTable =
    RawWakerVTable::new(PollWaker::clone, PollWaker::wake, PollWaker::wake_by_ref, PollWaker::drop);

impl PollWaker {
    fn clone(this: *const ()) -> RawWaker {
        // SAFETY: `this` comes from `into_raw`, and is not dropped yet.
        #[allow(unsafe_code, reason = "std's Wake has no hook for a clone")]
        let waker = unsafe { &*this.cast::<PollWaker>() };
        let (raw, number) = raw(&waker.node);
        current::taken(&waker.node, number);
        raw
    }

    fn wake(this: *const ()) {
        PollWaker::wake_by_ref(this);
        PollWaker::drop(this);
    }

    fn wake_by_ref(this: *const ()) {
        // SAFETY: `this` comes from `into_raw`, and is not dropped yet.
        #[allow(unsafe_code, reason = "std's Wake has no hook for a clone")]
        let waker = unsafe { &*this.cast::<PollWaker>() };
        woken(&waker.node);
    }

    fn drop(this: *const ()) {
        // SAFETY: `this` comes from `into_raw`, and is dropped once.
        #[allow(unsafe_code, reason = "std's Wake has no hook for a clone")]
        let waker = unsafe { Box::from_raw(this.cast::<PollWaker>().cast_mut()) };
        current::given_back(&waker.node, waker.number);
    }
}

/// A new waker of the task, and its number.
fn raw(node: &Arc<Node>) -> (RawWaker, u64) {
    let number = keys::next();
    let waker = Box::into_raw(Box::new(PollWaker { node: Arc::clone(node), number }));
    (RawWaker::new(waker.cast_const().cast(), &VTABLE), number)
}

/// A waker for one poll of the task.
pub(crate) fn of(node: &Arc<Node>) -> Waker {
    let (raw, _) = raw(node);
    // SAFETY: each function of the table takes a pointer from `into_raw`,
    // and `drop`, called once for each waker, gives its memory back.
    #[allow(unsafe_code, reason = "std's Wake has no hook for a clone")]
    unsafe {
        Waker::from_raw(raw)
    }
}

fn woken(node: &Node) {
    let mut state = node.state();
    if state.done {
        return;
    }
    // Where tasks share the thread, those that a runtime drops run no more.
    let leads_nowhere = workers::is_one_thread() && state.runtime.is_some_and(roots::is_ending);
    if !leads_nowhere && !state.woken {
        state.woken = true;
        driven::ready(node.id);
        let by = by(node, &mut state);
        emit(Wake { k: node.id, by });
    } else if !leads_nowhere && !workers::is_one_thread() {
        state.again = Some(by(node, &mut state));
    }
    let inner = state.inner.clone();
    // With the state locked, or another wake's poll could come before this
    // one, which then has no wake of its own. The clone keeps the task from
    // being dropped meanwhile.
    if let Some(inner) = &inner {
        current::waking(|| inner.wake_by_ref());
    }
    drop(state);
}

/// Who wakes the task, called where it is woken.
fn by(node: &Node, state: &mut State) -> By {
    // tokio wakes who awaits a task after that task's last poll.
    if let Some(finished) = current::finished()
        && state.joins.contains(&finished)
    {
        return By::Task(finished);
    }
    if let Some(task) = current::task() {
        return By::Task(task);
    }
    if current::is_waking() {
        // The task that holds a local set is woken because one of the set's was.
        return By::Runtime;
    }
    clock::follow();
    let now = clock::now();
    if let Some(due) = state.timers.iter().position(|(_, due)| *due <= now) {
        state.timers.swap_remove(due);
        driven::timers(node.id, state.timers.len());
        return By::Timer;
    }
    if state.turn { By::Runtime } else { By::Io }
}
