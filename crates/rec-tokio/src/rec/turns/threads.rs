//! The threads of the recorded process on virtual time: one runs, the others
//! wait.
//!
//! A thread has the *turn* until it waits: for a time, a file, another
//! thread's end, or at a futex, on which all of std's and tokio's locks and
//! channels are built. Then the one that has been ready longest gets the turn.
//! When none is ready the clock jumps to the first time that one waits for. So
//! a program with several threads runs the same way every time.

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::time::Duration;

use super::turn::{self, For, Held, STATE, State, Thread, Woken};
use crate::rec::records::{clock, compute, switch};
use crate::rec::sys::{self, inside};

thread_local! {
    /// This thread's number, if it is one that takes turns.
    static ME: Cell<Option<usize>> = const { Cell::new(None) };
}

fn me() -> Option<usize> {
    ME.try_with(Cell::get).ok().flatten()
}

/// The calling thread is the process's first, and has the turn.
pub(crate) fn start() {
    ME.set(Some(0));
    compute::begin();
    STATE.lock().threads.push(Thread::new(State::Running));
}

/// Whether the calling thread waits on virtual time: not while it is in the
/// recorder, which may have its locks, or in a handler of a signal.
pub(crate) fn waits_here() -> bool {
    clock::runs_virtually() && me().is_some() && !inside::is_inside()
}

/// Gives the turn away until `what` has come, or until `timeout` is over.
pub(crate) fn wait(what: For, timeout: Option<Duration>) -> Woken {
    let Some(me) = me() else { return Woken::Ready };
    let deadline = timeout.map(|timeout| clock::peek().saturating_add(nanoseconds(timeout)));
    // A runtime's wait ends with a tick of its timers, not with a time asked for.
    let recorded = match (what, timeout) {
        (For::Time, Some(timeout)) => Some(clock::now().saturating_add(nanoseconds(timeout))),
        _ => None,
    };
    turn::give_away(me, State::Waiting { what, deadline, recorded })
}

/// Calls `wait`, in which this thread holds up what `held` says.
pub(crate) fn holding<T>(held: Option<Held>, wait: impl FnOnce() -> T) -> T {
    let set = |held| {
        if let Some(me) = me() {
            STATE.lock().threads[me].held = held;
        }
    };
    if held.is_none() {
        return wait();
    }
    set(held);
    let result = wait();
    set(None);
    result
}

/// Lets the threads that are ready go first.
pub(crate) fn yield_turn() {
    let Some(me) = me() else { return };
    if turn::is_anybody_ready() {
        turn::give_away(me, State::Ready);
    } else {
        // Whoever asks over and over would be answered by the time, which stands.
        turn::judge_timers();
    }
}

/// Where orders are chosen: somebody else may go first.
pub(crate) fn others_first() {
    if let Some(me) = me().filter(|_| switch::is_ordered() && waits_here())
        && turn::is_anybody_ready()
    {
        turn::stand_back(me);
    }
}

/// Whether whoever has the turn has made somebody ready since it has it.
pub(crate) fn has_made_ready() -> bool {
    STATE.lock().has_made_ready
}

/// The next thread that is created is one that only tells others of timers and
/// files: where orders are chosen it goes before them, and is no choice.
pub(crate) fn next_drives() {
    STATE.lock().next_drives = true;
}

/// Makes `most` of the threads ready that wait at the futex `address`; gives
/// how many there were.
pub(crate) fn wake(address: usize, most: usize) -> usize {
    STATE.lock().wake(|what| *what == For::Futex(address), most)
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

/// What a new thread is to do.
struct Start {
    number: usize,
    routine: sys::Routine,
    argument: *mut c_void,
}

/// Creates a thread that takes turns, by `create`, which is given what to run.
pub(crate) fn create(
    routine: sys::Routine,
    argument: *mut c_void,
    create: impl FnOnce(sys::Routine, *mut c_void) -> (c_int, libc::pthread_t),
) -> c_int {
    let number = STATE.lock().add();
    let start = Box::into_raw(Box::new(Start { number, routine, argument }));
    let (error, thread) = create(run, start.cast());
    let mut state = STATE.lock();
    if error == 0 {
        state.threads[number].pthread = Some(thread);
    } else {
        state.threads[number].state = State::Over;
        state.ready.retain(|other| *other != number);
        // SAFETY: the thread that would have taken it does not exist.
        #[allow(unsafe_code, reason = "the argument of a C callback")]
        drop(unsafe { Box::from_raw(start) });
    }
    error
}

extern "C" fn run(start: *mut c_void) -> *mut c_void {
    // SAFETY: `start` comes from `create`, for this thread alone.
    #[allow(unsafe_code, reason = "the argument of a C callback")]
    let start = unsafe { Box::from_raw(start.cast::<Start>()) };
    ME.set(Some(start.number));
    turn::first(start.number);
    sys::at_thread_end(over, start.number);
    (start.routine)(start.argument)
}

/// Runs when a thread's destructors have run.
extern "C" fn over(number: *mut c_void) {
    turn::end(sys::number(number));
}

/// Waits for the end of `thread`, if it is one that takes turns.
pub(crate) fn join(thread: libc::pthread_t) {
    let number = {
        let state = STATE.lock();
        state.threads.iter().rposition(|other| other.pthread == Some(thread))
    };
    if let Some(number) = number
        && STATE.lock().threads[number].state != State::Over
    {
        wait(For::End(number), None);
    }
}
