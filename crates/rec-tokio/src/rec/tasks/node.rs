//! A task as its wakers know it.
//!
//! On several threads a task may be woken while it is polled, or ends. So what
//! changes its state is recorded while the state is locked: records come in
//! the order of what they tell.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use real::runtime::{Handle, Id};

use super::on::{self, Group, On, Said};
use crate::rec::records::driven;
use crate::rec::records::raw::emit;
use crate::rec::records::say::{Value, Wake};
use crate::rec::sys::lock::SpinLock;

/// Who wakes a task.
pub(super) enum By {
    Task(u32),
    Timer,
    Io,
    Runtime,
}

impl Value for By {
    fn put(&self, to: &mut Vec<u8>) {
        match self {
            By::Task(task) => task.put(to),
            By::Timer => "timer".put(to),
            By::Io => "io".put(to),
            By::Runtime => "runtime".put(to),
        }
    }
}

/// What a task and all its wakers share.
pub(crate) struct Node {
    pub(crate) id: u32,
    state: Mutex<State>,
}

/// A branch that waits: its key, its group, and what it waits for.
type Branch = (u64, Group, Vec<(u64, Said)>);

/// What is known of it.
#[derive(Default)]
pub(super) struct State {
    /// A spawn or a wake that no poll has used up yet.
    pub(super) woken: bool,
    /// Who woke the task once more before that poll. On several threads
    /// tokio may have begun the poll already, and then there is another one, which
    /// this explains. The next wake leaves it as it is: it can come as early.
    pub(super) again: Option<By>,
    /// The task has ended: nothing can wake it.
    pub(super) done: bool,
    /// tokio's own waker.
    pub(super) inner: Option<Waker>,
    /// Where it runs, from its first poll on.
    pub(super) runtime: Option<Id>,
    /// The leaves with a timer, and when it is due (ns).
    pub(super) timers: Vec<(u64, u64)>,
    /// The branches that wait.
    pub(super) branches: Vec<Branch>,
    /// The leaves that it waits for.
    pub(super) awaited: Vec<u64>,
    /// The tasks whose end the task waits for.
    pub(super) joins: Vec<u32>,
    /// The task waits for its next turn.
    pub(super) turn: bool,
    /// The task that aborted this one.
    pub(super) aborted_by: Option<u32>,
    /// It has a thread of its own.
    own_thread: bool,
    /// Which is to end it.
    stopped: bool,
    /// It was told to end, by anybody.
    pub(super) aborted: bool,
    /// Its `JoinSet` was dropped, which nobody had asked for anything.
    pub(super) with_set: bool,
}

impl Node {
    /// A new task, which counts as woken; `say` records it.
    pub(crate) fn new(say: impl FnOnce(u32)) -> Arc<Self> {
        // Tasks are numbered in the order of their records, also where several
        // threads spawn.
        static NEXT: SpinLock<u32> = SpinLock::new(0);
        let mut next = NEXT.lock();
        let id = *next;
        say(id);
        *next += 1;
        let state = State { woken: true, ..State::default() };
        Arc::new(Node { id, state: Mutex::new(state) })
    }

    /// The task is about to be given to the `runtime`, any thread of which may
    /// poll it.
    pub(crate) fn goes_to(&self, runtime: Id) {
        driven::spawned(self.id, runtime);
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A poll begins, which `say` records: it uses up the wake, and `inner` is
    /// to be woken from now on.
    pub(crate) fn polled(&self, inner: &Waker, say: impl FnOnce()) {
        let mut state = self.state();
        if !state.woken
            && let Some(by) = state.again.take()
        {
            emit(Wake { k: self.id, by });
        }
        say();
        state.woken = false;
        if state.runtime.is_none() {
            state.runtime = Handle::try_current().ok().map(|handle| handle.id());
        }
        driven::polls(self.id, state.runtime);
        match &mut state.inner {
            Some(old) => old.clone_from(inner),
            None => state.inner = Some(inner.clone()),
        }
    }

    /// A poll ends, in which its leaves and branches have `said` something.
    pub(crate) fn pending(&self, said: &[(u64, Said)]) {
        let mut state = self.state();
        driven::pending(self.id);
        let State { turn, joins, awaited, .. } = &mut *state;
        *turn = false;
        joins.clear();
        awaited.clear();
        on::leaves(said, &mut |key, wait| {
            awaited.push(key);
            match &wait.on {
                On::Turn {} => *turn = true,
                On::Tasks { of } => joins.extend(of),
                // The tasks of a set.
                On::All { on } => on.iter().for_each(|wait| {
                    if let On::Tasks { of } = &wait.on {
                        joins.extend(of);
                    }
                }),
                _ => {}
            }
        });
    }

    /// Whether the leaf `key` is one of those that the task waits for.
    pub(crate) fn awaits(&self, key: u64) -> bool {
        self.state().awaited.contains(&key)
    }

    /// The branch `key` of a `group` waits, as it has `said`.
    pub(crate) fn branch_waits(&self, key: u64, group: Group, said: Vec<(u64, Said)>) {
        let branches = &mut self.state().branches;
        match branches.iter_mut().find(|(other, ..)| *other == key) {
            Some((.., old)) => *old = said,
            None => branches.push((key, group, said)),
        }
    }

    /// The branches of a `group` that wait, and what for.
    pub(crate) fn branches_of(&self, group: Group) -> Vec<(u64, Vec<(u64, Said)>)> {
        let state = self.state();
        let branches = state.branches.iter().filter(|(_, of, _)| *of == group);
        branches.map(|(key, _, said)| (*key, said.clone())).collect()
    }

    /// The branch `key` does not wait any more.
    pub(crate) fn branch_done(&self, key: u64) {
        self.state().branches.retain(|(other, ..)| *other != key);
    }

    /// The task has ended, which `say` records.
    pub(crate) fn ended(&self, say: impl FnOnce()) {
        let mut state = self.state();
        say();
        state.done = true;
        driven::over(self.id);
        // The waker keeps the task alive, which keeps this alive.
        let inner = state.inner.take();
        drop(state);
        drop(inner);
    }

    /// The leaf `key` waits until `due` (ns), which `say` records if it is news.
    pub(crate) fn set_timer(&self, key: u64, due: u64, say: impl FnOnce()) {
        let mut state = self.state();
        match state.timers.iter_mut().find(|(other, _)| *other == key) {
            Some((_, old)) if *old == due => return,
            Some((_, old)) => *old = due,
            None => {
                state.timers.push((key, due));
                driven::timers(self.id, state.timers.len());
            }
        }
        say();
    }

    /// The leaf `key` has no timer any more.
    pub(crate) fn clear_timer(&self, key: u64) {
        let mut state = self.state();
        state.timers.retain(|(other, _)| *other != key);
        driven::timers(self.id, state.timers.len());
    }

    /// It has a thread of its own from its beginning.
    pub(crate) fn has_own_thread(&self) {
        self.state().own_thread = true;
    }

    /// If it has a thread of its own, this is to end it, at its next turn.
    pub(crate) fn stop(&self) -> bool {
        let mut state = self.state();
        if !state.own_thread {
            return false;
        }
        state.stopped = true;
        let inner = state.inner.clone();
        drop(state);
        if let Some(inner) = inner {
            inner.wake();
        }
        true
    }

    /// Has it end with its poll, or with its next wake, if it has a thread of its own.
    pub(crate) fn stop_later(&self) {
        self.state().stopped = true;
    }

    /// Whether its thread is to end it.
    pub(crate) fn is_stopped(&self) -> bool {
        self.state().stopped
    }

    /// Whether it has a thread of its own and was woken in its poll: it stands in
    /// line with the others then, as in a queue.
    pub(crate) fn stands_in_line(&self) -> bool {
        let state = self.state();
        state.own_thread && state.woken
    }

    /// Remembers who, if a task, asked for the task's end.
    pub(crate) fn aborted(&self, by: Option<u32>) {
        let mut state = self.state();
        (state.aborted_by, state.aborted) = (by, true);
    }

    /// The task's `JoinSet` is dropped, which nobody has asked for anything.
    pub(crate) fn goes_with_set(&self) {
        let mut state = self.state();
        state.with_set = !state.aborted;
    }

    /// Whether it ended with its `JoinSet`.
    pub(crate) fn went_with_set(&self) -> bool {
        self.state().with_set
    }

    /// Who asked for the task's end.
    pub(crate) fn aborted_by(&self) -> Option<u32> {
        self.state().aborted_by
    }
}
