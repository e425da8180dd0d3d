//! A task as its wakers know it, and who wakes it.
//!
//! On several threads a task may be woken while it is polled, or ends. So what
//! changes its state is recorded while the state is locked: records come in
//! the order of what they tell.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{RawWaker, RawWakerVTable, Waker};

use real::runtime::{Handle, Id};

use super::raw::{Field, emit};
use super::threads::SpinLock;
use super::wait::{On, Wait};
use super::{clock, current, workers};

/// The runtimes that are being dropped.
static ENDING: SpinLock<Vec<Id>> = SpinLock::new(Vec::new());

/// A runtime is being dropped from here on: wakes of its tasks lead to nothing.
pub(crate) fn begin_end(runtime: Id) {
    ENDING.lock().push(runtime);
}

/// A runtime is gone.
pub(crate) fn end_end(runtime: Id) {
    ENDING.lock().retain(|other| *other != runtime);
}

/// What a task and all its wakers share.
pub(crate) struct Node {
    pub(crate) id: u32,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// A spawn or a wake that no poll has used up yet.
    woken: bool,
    /// Who woke the task once more before that poll, as JSON. On several threads
    /// tokio may have begun the poll already, and then there is another one, which
    /// this explains. The next wake leaves it as it is: it can come as early.
    again: Option<String>,
    /// The task has ended: nothing can wake it.
    done: bool,
    /// tokio's own waker.
    inner: Option<Waker>,
    /// Where it runs, from its first poll on.
    runtime: Option<Id>,
    /// The leaves with a timer, and when it is due (ns).
    timers: Vec<(u64, u64)>,
    /// The branches that wait, and for what.
    branches: Vec<(u64, Vec<(u64, Wait)>)>,
    /// The tasks whose end the task waits for.
    joins: Vec<u32>,
    /// The task waits for its next turn.
    turn: bool,
    /// The task that aborted this one.
    aborted_by: Option<u32>,
}

/// Whether `waker` is one that a task was polled with, and not one of those
/// that a set of futures makes for each of them.
pub(crate) fn is_own(waker: &Waker) -> bool {
    std::ptr::eq(waker.vtable(), &raw const VTABLE)
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

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A poll begins, which `say` records: it uses up the wake, and `inner` is
    /// to be woken from now on.
    pub(crate) fn polled(&self, inner: &Waker, say: impl FnOnce()) {
        let mut state = self.state();
        if !state.woken
            && let Some(by) = state.again.take()
        {
            emit!("wake", ",\"k\":{}{}", self.id, Field("by", Some(by)));
        }
        say();
        state.woken = false;
        if state.runtime.is_none() {
            state.runtime = Handle::try_current().ok().map(|handle| handle.id());
        }
        match &mut state.inner {
            Some(old) => old.clone_from(inner),
            None => state.inner = Some(inner.clone()),
        }
    }

    /// A poll ends. `waits` are those that were said in it; gives all, with
    /// those of branches that were not polled this time.
    pub(crate) fn pending(&self, mut waits: Vec<(u64, Wait)>) -> Vec<(u64, Wait)> {
        let mut state = self.state();
        for (key, wait) in state.branches.iter().flat_map(|(_, waits)| waits) {
            if waits.iter().all(|(other, _)| other != key) {
                waits.push((*key, wait.clone()));
            }
        }
        state.turn = waits.iter().any(|(_, wait)| wait.on == On::Turn);
        state.joins.clear();
        for (_, wait) in &waits {
            if let On::Tasks(tasks) = &wait.on {
                state.joins.extend(tasks);
            }
        }
        waits
    }

    /// The branch `key` waits for `waits`.
    pub(crate) fn branch_waits(&self, key: u64, waits: Vec<(u64, Wait)>) {
        let branches = &mut self.state().branches;
        match branches.iter_mut().find(|(other, _)| *other == key) {
            Some((_, old)) => *old = waits,
            None => branches.push((key, waits)),
        }
    }

    /// The branch `key` does not wait any more.
    pub(crate) fn branch_done(&self, key: u64) {
        self.state().branches.retain(|(other, _)| *other != key);
    }

    /// The task has ended, which `say` records.
    pub(crate) fn ended(&self, say: impl FnOnce()) {
        let mut state = self.state();
        say();
        state.done = true;
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
            None => state.timers.push((key, due)),
        }
        say();
    }

    /// The leaf `key` has no timer any more.
    pub(crate) fn clear_timer(&self, key: u64) {
        self.state().timers.retain(|(other, _)| *other != key);
    }

    /// Remembers who asked for the task's end.
    pub(crate) fn aborted(&self) {
        self.state().aborted_by = current::task();
    }

    /// Who asked for the task's end.
    pub(crate) fn aborted_by(&self) -> Option<u32> {
        self.state().aborted_by
    }

    /// Who wakes the task, called where it is woken, as JSON.
    fn by(&self, state: &mut State) -> String {
        // tokio wakes who awaits a task after that task's last poll.
        if let Some(finished) = current::finished()
            && state.joins.contains(&finished)
        {
            return finished.to_string();
        }
        if let Some(task) = current::task() {
            return task.to_string();
        }
        if current::is_waking() {
            // The task that holds a local set is woken because one of the set's was.
            return "\"runtime\"".to_owned();
        }
        let now = clock::now();
        if let Some(due) = state.timers.iter().position(|(_, due)| *due <= now) {
            state.timers.swap_remove(due);
            return "\"timer\"".to_owned();
        }
        if state.turn { "\"runtime\"".to_owned() } else { "\"io\"".to_owned() }
    }
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
        #[allow(unsafe_code, reason = "see Node::waker")]
        let waker = unsafe { &*this.cast::<PollWaker>() };
        let raw = waker.node.raw_waker();
        current::taken(&waker.node, raw.1);
        raw.0
    }

    fn wake(this: *const ()) {
        PollWaker::wake_by_ref(this);
        PollWaker::drop(this);
    }

    fn wake_by_ref(this: *const ()) {
        // SAFETY: `this` comes from `into_raw`, and is not dropped yet.
        #[allow(unsafe_code, reason = "see Node::waker")]
        let waker = unsafe { &*this.cast::<PollWaker>() };
        waker.node.woken();
    }

    fn drop(this: *const ()) {
        // SAFETY: `this` comes from `into_raw`, and is dropped once.
        #[allow(unsafe_code, reason = "see Node::waker")]
        let waker = unsafe { Box::from_raw(this.cast::<PollWaker>().cast_mut()) };
        current::given_back(&waker.node, waker.number);
    }
}

impl Node {
    /// A new waker, and its number.
    fn raw_waker(self: &Arc<Self>) -> (RawWaker, u64) {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Relaxed);
        let waker = Box::into_raw(Box::new(PollWaker { node: Arc::clone(self), number }));
        (RawWaker::new(waker.cast_const().cast(), &VTABLE), number)
    }

    /// A waker for one poll of the task.
    pub(crate) fn waker(self: &Arc<Self>) -> Waker {
        let (raw, _) = self.raw_waker();
        // SAFETY: each function of the table takes a pointer from `into_raw`,
        // and `drop`, called once for each waker, gives its memory back.
        #[allow(unsafe_code, reason = "std's Wake has no hook for a clone")]
        unsafe {
            Waker::from_raw(raw)
        }
    }

    fn woken(&self) {
        let mut state = self.state();
        if state.done {
            return;
        }
        // Where tasks share the thread, those that a runtime drops run no more.
        let is_ending = state.runtime.is_some_and(|runtime| ENDING.lock().contains(&runtime));
        let leads_nowhere = is_ending && workers::is_one_thread();
        if !leads_nowhere && !state.woken {
            state.woken = true;
            let by = self.by(&mut state);
            emit!("wake", ",\"k\":{}{}", self.id, Field("by", Some(by)));
        } else if !leads_nowhere && !workers::is_one_thread() {
            state.again = Some(self.by(&mut state));
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
}
