//! Blocking calls, which nobody can stop: they go on when nobody waits for them
//! any more, also when main is done. And of which only so many run at once: the
//! others stand in line, the first in front.

use std::panic::Location;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use real::runtime::Id;

use super::current;
use crate::rec::records::raw::emit;
use crate::rec::records::say::{self, Value, list};
use crate::rec::records::{stack, switch};
use crate::rec::sys::lock::SpinLock;

/// Those that are not over, the oldest first, with the runtime that runs them.
static OPEN: SpinLock<Vec<(Id, Weak<Call>)>> = SpinLock::new(Vec::new());

/// As many a runtime runs at once, if the program says a number.
static POOLS: SpinLock<Vec<(Id, usize)>> = SpinLock::new(Vec::new());

/// And if it does not: see [`real::runtime::Builder::max_blocking_threads`].
const USUAL: usize = 512;

/// Of those that have the threads so many are told.
const MOST_TOLD: usize = 8;

/// A blocking call.
#[derive(Debug)]
pub(crate) struct Call {
    at: &'static Location<'static>,
    /// The task that made it, and where.
    by: Option<u32>,
    stack: u32,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    runs: bool,
    is_over: bool,
    /// Its number, once anything has been told of it.
    number: Option<u32>,
    is_given_up: bool,
}

/// A call on its way to its thread.
#[derive(Debug)]
pub(crate) struct Queued(pub(crate) Arc<Call>);

impl Queued {
    /// Calls `f`, which is the call.
    pub(crate) fn run<T>(self, f: impl FnOnce() -> T) -> T {
        self.0.begins();
        f()
    }
}

/// It is over, or given up before it began, also after a panic.
impl Drop for Queued {
    fn drop(&mut self) {
        self.0.over();
    }
}

/// The calls that have the threads which another one waits for.
struct Running<'a>(&'a [Arc<Call>]);

impl Value for Running<'_> {
    fn put(&self, to: &mut Vec<u8>) {
        list(self.0.len(), to);
        for call in self.0 {
            list(6, to);
            call.stack.put(to);
            call.by.put(to);
            (0..4).for_each(|_| false.put(to));
        }
    }
}

/// A runtime runs so many calls at once.
pub(crate) fn pool(runtime: Id, most: usize) {
    POOLS.lock().push((runtime, most));
}

impl Call {
    pub(crate) fn new(at: &'static Location<'static>, runtime: Id) -> Arc<Self> {
        let (by, stack, state) = (current::task(), stack::here(), Mutex::default());
        let call = Arc::new(Call { at, by, stack, state });
        let before: Vec<_> = {
            let mut open = OPEN.lock();
            let before = open.iter().filter(|(of, _)| *of == runtime).cloned().collect();
            open.push((runtime, Arc::downgrade(&call)));
            before
        };
        let most = POOLS.lock().iter().rfind(|(of, _)| *of == runtime).map_or(USUAL, |pool| pool.1);
        if before.len() >= most && switch::on() {
            let mut running: Vec<_> =
                before.iter().filter_map(|(_, call)| call.upgrade()).collect();
            running.truncate(most.min(MOST_TOLD));
            let number = Some(call.state().tell());
            call.say(number, "waits", by, Some(most), &running);
        }
        call
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begins(&self) {
        let mut state = self.state();
        state.runs = true;
        self.say(state.number, "starts", None, None, &[]);
    }

    fn over(&self) {
        OPEN.lock().retain(|(_, call)| call.as_ptr() != self);
        let mut state = self.state();
        state.is_over = true;
        if state.is_given_up {
            self.say(state.number, "over", None, None, &[]);
        }
    }

    /// Tells of a call that has a number.
    fn say(
        &self,
        number: Option<u32>,
        how: &'static str,
        k: Option<u32>,
        threads: Option<usize>,
        held: &[Arc<Call>],
    ) {
        let Some(call) = number.filter(|_| switch::on()) else { return };
        let (file, line, held) = (self.at.file(), self.at.line(), Running(held));
        emit(say::Call { call, how, k, file, line, threads, held });
    }

    /// Who waited for it does so no more.
    pub(crate) fn given_up(&self) {
        self.give_up("given_up", current::task());
    }

    fn give_up(&self, how: &'static str, by: Option<u32>) {
        let mut state = self.state();
        // One that has not begun is told of only if it waits for a thread.
        let counts = state.runs || state.number.is_some();
        if counts && !state.is_over && !state.is_given_up && switch::on() {
            state.is_given_up = true;
            let number = Some(state.tell());
            self.say(number, how, by, None, &[]);
        }
    }
}

impl State {
    /// Its number: a new one, if it has none.
    fn tell(&mut self) -> u32 {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        *self.number.get_or_insert_with(|| NEXT.fetch_add(1, Relaxed))
    }
}

/// The runtime is to end, and waits for all of its calls.
pub(crate) fn main_is_done(runtime: Id) {
    let open: Vec<_> = OPEN.lock().iter().filter(|(of, _)| *of == runtime).cloned().collect();
    for call in open.iter().filter_map(|(_, call)| call.upgrade()) {
        call.give_up("main_done", None);
    }
}
