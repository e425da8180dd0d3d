//! Blocking calls, which nobody can stop: they go on when nobody waits for them
//! any more, also when main is done.

use std::panic::Location;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use real::runtime::Id;

use super::current;
use crate::rec::records::raw::emit;
use crate::rec::records::{say, switch};
use crate::rec::sys::lock::SpinLock;

/// Those that run, with the runtime that runs them.
static RUNNING: SpinLock<Vec<(Id, Weak<Call>)>> = SpinLock::new(Vec::new());

/// A blocking call.
#[derive(Debug)]
pub(crate) struct Call {
    at: &'static Location<'static>,
    runtime: Id,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    runs: bool,
    is_over: bool,
    /// Its number, once that has been told.
    given_up: Option<u32>,
}

impl Call {
    pub(crate) fn new(at: &'static Location<'static>, runtime: Id) -> Arc<Self> {
        Arc::new(Call { at, runtime, state: Mutex::default() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls `f`, which is the call.
    pub(crate) fn run<T>(self: &Arc<Self>, f: impl FnOnce() -> T) -> T {
        /// Says so also after a panic.
        struct Over<'a>(&'a Call);
        impl Drop for Over<'_> {
            fn drop(&mut self) {
                self.0.over();
            }
        }
        self.state().runs = true;
        RUNNING.lock().push((self.runtime, Arc::downgrade(self)));
        let _over = Over(self);
        f()
    }

    fn over(&self) {
        RUNNING.lock().retain(|(_, call)| call.as_ptr() != self);
        let mut state = self.state();
        state.is_over = true;
        if let Some(call) = state.given_up {
            self.say(call, "over", None);
        }
    }

    fn say(&self, call: u32, how: &'static str, k: Option<u32>) {
        let (file, line) = (self.at.file(), self.at.line());
        emit(say::Call { call, how, k, file, line });
    }

    /// Who waited for it does so no more.
    pub(crate) fn given_up(&self) {
        self.give_up("given_up", current::task());
    }

    fn give_up(&self, how: &'static str, by: Option<u32>) {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let mut state = self.state();
        if state.runs && !state.is_over && state.given_up.is_none() && switch::on() {
            let call = NEXT.fetch_add(1, Relaxed);
            state.given_up = Some(call);
            self.say(call, how, by);
        }
    }
}

/// The runtime is to end, and waits for all of its calls.
pub(crate) fn main_is_done(runtime: Id) {
    let running: Vec<_> = RUNNING.lock().iter().filter(|(of, _)| *of == runtime).cloned().collect();
    for call in running.iter().filter_map(|(_, call)| call.upgrade()) {
        call.give_up("main_done", None);
    }
}
