//! Whose turn it is.

use std::collections::VecDeque;
use std::ffi::c_int;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use ::real::runtime::Id;

use crate::rec::records::leaves::{may_come, needs_real_time};
use crate::rec::records::raw::emit;
use crate::rec::records::say::{Block, Note, Stuck};
use crate::rec::records::{clock, compute, driven, order, output, switch};
use crate::rec::sys::lock::{Guard, SpinLock};
use crate::rec::sys::{self, sockets};

/// All threads that take turns.
pub(super) static STATE: SpinLock<Threads> = SpinLock::new(Threads {
    threads: Vec::new(),
    ready: VecDeque::new(),
    waits: 0,
    next_drives: false,
    has_made_ready: false,
    has_overlap: false,
});

pub(super) struct Threads {
    pub(super) threads: Vec<Thread>,
    /// Who is ready, the longest first.
    pub(super) ready: VecDeque<usize>,
    /// How often a thread has begun to wait.
    waits: u64,
    /// The next thread to be created is a driver.
    pub(super) next_drives: bool,
    /// Somebody has become ready since the last one got the turn.
    pub(super) has_made_ready: bool,
    /// Somebody was ready while another one ran, which has been said.
    has_overlap: bool,
}

pub(super) struct Thread {
    pub(super) state: State,
    pub(super) pthread: Option<libc::pthread_t>,
    /// Which of all waits this one is: the first to wait is the first to go on.
    wait: u64,
    /// What the wait holds up.
    pub(super) held: Option<Held>,
    /// Why it went on.
    woken: Woken,
    /// 1 when it has been given the turn.
    turn: Arc<AtomicU32>,
    /// It only tells others of timers and files, so it goes before them.
    drives: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Running,
    Ready,
    /// Until `deadline`, in ns, at most; `recorded` is that moment in the
    /// records, where it is one.
    Waiting {
        what: For,
        deadline: Option<u64>,
        recorded: Option<u64>,
    },
    Over,
}

/// What a thread waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    /// For nothing but the time.
    Time,
    /// For a wake of the futex at this address.
    Futex(usize),
    /// For something to read from this file.
    File(c_int),
    /// For the end of this thread.
    End(usize),
}

/// What a thread holds up that waits in the middle of a poll.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    /// The task that it is in a poll of.
    pub(crate) task: u32,
    /// Where.
    pub(crate) stack: u32,
    /// The runtime that it would run.
    pub(crate) drives: Option<Id>,
}

impl Held {
    /// Says that the poll is held up: for how long is not known, it may be for good.
    pub(crate) fn say(self) {
        emit(Block { k: Some(self.task), ns: 0_u32, s: self.stack, thread: None::<&str> });
    }
}

/// Why a thread goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Woken {
    /// What it waited for has come.
    Ready,
    /// The time is over.
    TimedOut,
}

impl Thread {
    pub(super) fn new(state: State) -> Self {
        let turn = Arc::new(AtomicU32::new(0));
        Thread {
            state,
            pthread: None,
            wait: 0,
            held: None,
            woken: Woken::Ready,
            turn,
            drives: false,
        }
    }
}

impl Threads {
    /// A new thread, ready to run; gives its number.
    pub(super) fn add(&mut self) -> usize {
        let number = self.threads.len();
        let drives = std::mem::take(&mut self.next_drives);
        self.threads.push(Thread { drives, ..Thread::new(State::Ready) });
        self.ready.push_back(number);
        number
    }

    /// Makes `most` of those ready that wait for what is `met`, in the order
    /// in which they began to wait; gives how many there were.
    pub(super) fn wake(&mut self, met: impl Fn(&For) -> bool, most: usize) -> usize {
        let mut woken = self.waiting(|what, _| met(what));
        woken.truncate(most);
        for number in &woken {
            self.make_ready(*number, Woken::Ready);
        }
        woken.len()
    }

    /// Those who wait, in the order in which they began to.
    fn waiting(&self, which: impl Fn(&For, Option<u64>) -> bool) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.threads.len())
            .filter(|number| match &self.threads[*number].state {
                State::Waiting { what, deadline, .. } => which(what, *deadline),
                _ => false,
            })
            .collect();
        found.sort_by_key(|number| self.threads[*number].wait);
        found
    }

    fn make_ready(&mut self, number: usize, woken: Woken) {
        let thread = &mut self.threads[number];
        thread.state = State::Ready;
        thread.woken = woken;
        self.ready.push_back(number);
        self.has_made_ready = true;
    }

    /// Whose turn is next. Nobody runs meanwhile.
    fn next(&mut self) -> usize {
        loop {
            if let Some(next) = self.take_ready() {
                self.threads[next].state = State::Running;
                self.has_made_ready = false;
                return next;
            }
            let files = self.files();
            if self.look(&files, 0) {
                continue;
            }
            let first = self.threads.iter().filter_map(|thread| match thread.state {
                State::Waiting { deadline, .. } => deadline,
                _ => None,
            });
            match first.min() {
                // What is sent over a socket can take a moment to arrive.
                _ if sys::has_sockets() && self.look(&files, SETTLE) => {}
                _ if sys::has_sockets() && sockets::have_a_peer_outside() => {
                    needs_real_time("it is connected to another process", "seen")
                }
                Some(first) => {
                    self.are_driven(Some(first));
                    self.say_held();
                    let due = self.waiting(|_, deadline| deadline.is_some_and(|d| d <= first));
                    let recorded = due.iter().filter_map(|number| self.recorded(*number));
                    clock::advance_to(first, recorded.max());
                    for number in due {
                        self.make_ready(number, Woken::TimedOut);
                    }
                }
                None if may_come() => {
                    needs_real_time("it waits for what comes from outside", "seen")
                }
                None => {
                    self.are_driven(None);
                    output::flush();
                    self.say_held();
                    emit(Stuck {});
                    sys::exit(0)
                }
            }
        }
    }

    /// Everybody waits, until `first` at least, or for good. Does not come back if
    /// a runtime has something to do meanwhile that it has no thread for here.
    fn are_driven(&self, first: Option<u64>) {
        // What is said to sleep holds the thread up, which is recorded; but that
        // nothing came in time is true only where the others could not run.
        let gives_up = |thread: &Thread| match thread.state {
            State::Waiting { what: For::Time, .. } => false,
            State::Waiting { deadline, .. } => deadline == first,
            _ => false,
        };
        let held = |runtime| {
            let drives = |held: &Held| held.drives == Some(runtime);
            self.threads.iter().any(|thread| gives_up(thread) && thread.held.iter().any(drives))
        };
        driven::all_wait(first.is_none(), held);
    }

    /// Says which polls are held up, and where: once of each wait, and of none
    /// that has its own end.
    fn say_held(&mut self) {
        for thread in &mut self.threads {
            if let State::Waiting { deadline: None, .. } = thread.state
                && let Some(held) = thread.held.take()
            {
                held.say();
            }
        }
    }

    /// Takes the one that has been ready longest, or that is chosen.
    fn take_ready(&mut self) -> Option<usize> {
        if !switch::is_ordered() {
            return self.ready.pop_front();
        }
        let mut drivers = self.files();
        drivers.retain(|(number, _)| self.threads[*number].drives);
        self.look(&drivers, 0);
        let driver = self.ready.iter().position(|number| self.threads[*number].drives);
        let next = driver.unwrap_or_else(|| order::next(self.ready.make_contiguous()));
        self.ready.remove(next)
    }

    /// The moment, in the records, at which the wait of a thread is over.
    fn recorded(&self, number: usize) -> Option<u64> {
        match self.threads[number].state {
            State::Waiting { recorded, .. } => recorded,
            _ => None,
        }
    }

    fn files(&self) -> Vec<(usize, c_int)> {
        let waiting = self.waiting(|what, _| matches!(what, For::File(_)));
        let files = waiting.into_iter().filter_map(|number| match self.threads[number].state {
            State::Waiting { what: For::File(file), .. } => Some((number, file)),
            _ => None,
        });
        files.collect()
    }

    /// Makes ready who waits for one of `files` that can be read within
    /// `timeout` ms of the machine's time; true if there were any.
    fn look(&mut self, files: &[(usize, c_int)], timeout: c_int) -> bool {
        let readable = sys::readable(files.iter().map(|(_, file)| *file), timeout);
        let mut any = false;
        for ((number, _), is_readable) in files.iter().zip(readable) {
            if is_readable {
                any = true;
                self.make_ready(*number, Woken::Ready);
            }
        }
        any
    }
}

/// How long nothing comes over a socket before the time jumps, in ms.
const SETTLE: c_int = 5;

/// Whether somebody could run.
pub(super) fn is_anybody_ready() -> bool {
    !STATE.lock().ready.is_empty()
}

impl Threads {
    /// Says, once, if somebody was ready while `me`, whose turn is over, ran: on a
    /// machine both could have run. Who only tells others of timers shows nothing.
    fn note_overlap(&mut self, me: usize) {
        let is_other = |number: &usize| *number != me && !self.threads[*number].drives;
        if switch::is_ordered()
            && !self.has_overlap
            && !self.threads[me].drives
            && self.ready.iter().any(is_other)
        {
            self.has_overlap = true;
            emit(Note { note: "overlap" });
        }
    }

    /// A thread that has computed for long gives the turn away: what others
    /// would have done meanwhile is not known on virtual time.
    fn judge(&self) {
        if switch::is_ordered() {
            // Then no computation takes any time.
            return;
        }
        if compute::is_long() && self.concerns_others() {
            needs_real_time(ON_SEVERAL, "order");
        }
        judge_timers();
    }
}

/// The same of a timer, which may be one of this thread's own.
pub(super) fn judge_timers() {
    if !switch::is_ordered() && !clock::may_be_paused() && compute::is_long_beside_a_timer() {
        needs_real_time("it computes while a timer runs", "order");
    }
}

const ON_SEVERAL: &str = "it computes on several threads";

impl Threads {
    /// Whether another thread would do something while this one computes.
    fn concerns_others(&self) -> bool {
        self.threads.iter().any(|thread| match thread.state {
            State::Ready => true,
            State::Waiting { what: For::Time | For::File(_), deadline, .. } => deadline.is_some(),
            _ => false,
        })
    }
}

/// To be called from time to time: a thread that never gives the turn away keeps
/// the others from what it may wait for.
pub(super) fn look() {
    let counts = clock::runs_virtually() && !switch::is_ordered();
    if counts && compute::is_endless() && STATE.lock().concerns_others() {
        needs_real_time(ON_SEVERAL, "order");
    }
}

/// `me`, which has the turn, goes into `state`; comes back when it has the
/// turn again, with the reason.
pub(super) fn give_away(me: usize, state: State) -> Woken {
    let mut all = STATE.lock();
    all.judge();
    all.note_overlap(me);
    all.waits += 1;
    all.threads[me].wait = all.waits;
    all.threads[me].state = state;
    all.threads[me].woken = Woken::Ready;
    if state == State::Ready {
        all.ready.push_back(me);
    }
    pass_on(me, all)
}

/// `me`, which has the turn, is ready as before, and the first of those who are;
/// comes back when it has the turn again.
pub(super) fn stand_back(me: usize) {
    let mut all = STATE.lock();
    all.note_overlap(me);
    all.threads[me].state = State::Ready;
    all.ready.push_front(me);
    pass_on(me, all);
}

fn pass_on(me: usize, mut all: Guard<'_, Threads>) -> Woken {
    let next = all.next();
    if next == me {
        compute::begin();
        return all.threads[me].woken;
    }
    let turn = Arc::clone(&all.threads[me].turn);
    hand_over(all, next);
    take(&turn);
    compute::begin();
    STATE.lock().threads[me].woken
}

/// Waits for the first turn of the thread `me`.
pub(super) fn first(me: usize) {
    let turn = Arc::clone(&STATE.lock().threads[me].turn);
    take(&turn);
    compute::begin();
}

/// The thread `me` is over: whoever waits for that is ready.
pub(super) fn end(me: usize) {
    let mut all = STATE.lock();
    all.judge();
    all.threads[me].state = State::Over;
    all.wake(|what| *what == For::End(me), usize::MAX);
    let next = all.next();
    hand_over(all, next);
}

fn hand_over(all: Guard<'_, Threads>, next: usize) {
    let turn = Arc::clone(&all.threads[next].turn);
    drop(all);
    turn.store(1, Ordering::Release);
    sys::futex_wake(&turn);
}

fn take(turn: &AtomicU32) {
    while turn.swap(0, Ordering::Acquire) == 0 {
        sys::futex_wait(turn, 0);
    }
}
