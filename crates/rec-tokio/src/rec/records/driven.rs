//! The runtimes that the program takes for ones of several threads, recorded on
//! one: whether they have something to do that nobody does.
//!
//! On threads of its own such a runtime runs its tasks whatever else happens.
//! Here somebody has to block on it. Where nobody does, or who does is held up,
//! the run would be another than the program's: so the process ends, and the
//! parent runs it again on workers.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use ::real::runtime::Id;

use super::raw::emit;
use super::say::Workers;
use super::{clock, workers};
use crate::rec::sys;
use crate::rec::sys::lock::SpinLock;

/// Whether there is any.
static ANY: AtomicBool = AtomicBool::new(false);
static ALL: SpinLock<All> = SpinLock::new(All { runtimes: Vec::new(), tasks: BTreeMap::new() });

struct All {
    runtimes: Vec<Runtime>,
    /// Their tasks that are not over, by number.
    tasks: BTreeMap<u32, Task>,
}

struct Runtime {
    id: Id,
    /// How many threads block on it.
    drivers: usize,
    /// Whether one ever did.
    was_driven: bool,
    /// How many polls of its tasks have begun.
    polls: u64,
    /// How many there were when [`look`] saw it last, and since when, on its clock.
    seen: (u64, u64),
}

struct Task {
    runtime: Id,
    /// Any thread of the runtime's may poll it: it is no root future, and not
    /// bound to one thread.
    roams: bool,
    is_ready: bool,
    is_polled: bool,
    timers: usize,
}

impl All {
    /// Whether threads of a runtime's own would have something to do.
    fn has_work(&self, runtime: &Runtime) -> bool {
        let tasks = self.tasks.values().filter(|task| task.runtime == runtime.id);
        // Of the others only the timers are the runtime's to drive.
        let drives = |task: &Task| task.timers > 0 && (task.roams || runtime.drivers == 0);
        tasks.filter(|task| !task.is_polled).any(|task| task.is_ready && task.roams || drives(task))
    }
}

thread_local! {
    /// The runtime that this thread blocks on.
    static DRIVES: Cell<Option<Id>> = const { Cell::new(None) };
}

/// There is a runtime of several threads, as the program takes it.
pub(crate) fn add(id: Id) {
    ANY.store(true, Relaxed);
    let runtime = Runtime { id, drivers: 0, was_driven: false, polls: 0, seen: (0, 0) };
    ALL.lock().runtimes.push(runtime);
}

fn with(f: impl FnOnce(&mut All)) {
    if ANY.load(Relaxed) {
        f(&mut ALL.lock());
    }
}

/// `task` is given to the `runtime`, any thread of which may poll it.
pub(crate) fn spawned(task: u32, runtime: Id) {
    with(|all| {
        if all.runtimes.iter().any(|other| other.id == runtime) {
            let new = Task { runtime, roams: true, is_ready: true, is_polled: false, timers: 0 };
            all.tasks.insert(task, new);
        }
    });
}

/// A poll of `task` begins, on the `runtime`.
pub(crate) fn polls(task: u32, runtime: Option<Id>) {
    with(|all| {
        let Some(runtime) = runtime else { return };
        let Some(of) = all.runtimes.iter_mut().find(|other| other.id == runtime) else { return };
        of.polls += 1;
        let new = Task { runtime, roams: false, is_ready: false, is_polled: true, timers: 0 };
        let task = all.tasks.entry(task).or_insert(new);
        (task.is_ready, task.is_polled) = (false, true);
    });
}

/// The poll of `task` is over, the task is not.
pub(crate) fn pending(task: u32) {
    with(|all| {
        if let Some(task) = all.tasks.get_mut(&task) {
            task.is_polled = false;
        }
    });
}

/// `task` is over.
pub(crate) fn over(task: u32) {
    with(|all| {
        all.tasks.remove(&task);
    });
}

/// `task` is woken.
pub(crate) fn ready(task: u32) {
    with(|all| {
        if let Some(task) = all.tasks.get_mut(&task) {
            task.is_ready = true;
        }
    });
}

/// `task` has so many timers that run.
pub(crate) fn timers(task: u32, timers: usize) {
    with(|all| {
        if let Some(task) = all.tasks.get_mut(&task) {
            task.timers = timers;
        }
    });
}

/// Calls `f`, which blocks on the runtime and so drives it.
pub(crate) fn drive<T>(id: Id, f: impl FnOnce() -> T) -> T {
    // Says also after a panic that it is over.
    struct Drives(Id, Option<Id>);
    impl Drop for Drives {
        fn drop(&mut self) {
            DRIVES.set(self.1);
            count(self.0, |runtime| runtime.drivers -= 1);
        }
    }
    fn count(id: Id, f: impl FnOnce(&mut Runtime)) {
        with(|all| {
            if let Some(runtime) = all.runtimes.iter_mut().find(|runtime| runtime.id == id) {
                f(runtime);
            }
        });
    }
    count(id, |runtime| {
        runtime.drivers += 1;
        runtime.was_driven = true;
    });
    let _drives = Drives(id, DRIVES.replace(Some(id)));
    f()
}

/// The runtime that the calling thread blocks on.
pub(crate) fn driven_here() -> Option<Id> {
    DRIVES.try_with(Cell::get).ok().flatten()
}

/// A runtime is being dropped, or the process ends: does not come back if tasks
/// of theirs have never had a thread to run on.
pub(crate) fn ends(id: Option<Id>) {
    with(|all| {
        let is_one = |runtime: &Runtime| id.is_none_or(|id| runtime.id == id);
        let is_left =
            |runtime: &&Runtime| is_one(runtime) && !runtime.was_driven && all.has_work(runtime);
        if all.runtimes.iter().any(|runtime| is_left(&runtime)) {
            needs_workers(NOBODY);
        }
        all.runtimes.retain(|runtime| !is_one(runtime));
    });
}

/// Everybody waits, for good or until a time comes. Does not come back if a
/// runtime has something to do that nobody does: one without a driver; any, if
/// they wait `for_good`; one whose driver is one of the `held`.
pub(crate) fn all_wait(for_good: bool, held: impl Fn(Id) -> bool) {
    with(|all| {
        for runtime in all.runtimes.iter().filter(|runtime| all.has_work(runtime)) {
            if runtime.drivers == 0 {
                needs_workers(NOBODY);
            }
            if for_good || held(runtime.id) {
                needs_workers(HELD);
            }
        }
    });
}

/// A runtime may have something to do for so many ns of the processor's time on
/// virtual time, or of the machine's clock, and no poll begin.
const PATIENCE: [u64; 2] = [300_000_000, 2_000_000_000];

/// To be called from time to time: does not come back if a runtime has had
/// something to do for long that nobody does.
pub(crate) fn look() {
    let is_virtual = clock::is_virtual();
    let now = if is_virtual { sys::process_time() } else { sys::monotonic() };
    with(|all| {
        let busy: Vec<bool> = all.runtimes.iter().map(|runtime| all.has_work(runtime)).collect();
        for (runtime, busy) in all.runtimes.iter_mut().zip(busy) {
            let (polls, since) = runtime.seen;
            if !busy || polls != runtime.polls {
                runtime.seen = (runtime.polls, now);
            } else if now.saturating_sub(since) >= PATIENCE[usize::from(!is_virtual)] {
                needs_workers(if runtime.drivers == 0 { NOBODY } else { HELD });
            }
        }
    });
}

const NOBODY: &str = "a runtime has tasks to run, and nobody blocks on it";
const HELD: &str = "a thread of its runtime is held while other tasks could run";

fn needs_workers(why: &str) {
    // Unrecorded, as when there are too many records, it goes on as it is.
    if workers::is_one_thread() {
        emit(Workers { why });
        sys::exit(0)
    }
}
