//! How far it is, on stderr, for work that takes longer.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// Work that is shorter needs no word.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often a line is written where no line can be written over.
const SPARSE: Duration = Duration::from_secs(10);

/// Calls `work`; says `what` it does if that takes longer than a second.
pub fn after_a_second<T>(what: &str, work: impl FnOnce() -> T) -> T {
    thread::scope(|scope| {
        let (working, is_working) = mpsc::channel::<()>();
        scope.spawn(move || {
            if is_working.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                eprintln!("{what}");
            }
        });
        let result = work();
        drop(working);
        result
    })
}

/// Steps of the same kind: `12/198 recorded`, in a terminal on one line that
/// goes away at the end, elsewhere on a line every ten seconds.
pub struct Progress {
    total: usize,
    done_is: &'static str,
    is_terminal: bool,
    state: Mutex<State>,
}

struct State {
    done: usize,
    /// When the next line is due.
    due: Instant,
    has_line: bool,
}

impl Progress {
    /// None of `total` steps is done; one that is, is called `done_is`.
    pub fn of(total: usize, done_is: &'static str) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        let due = Instant::now() + if is_terminal { PATIENCE } else { SPARSE };
        let state = Mutex::new(State { done: 0, due, has_line: false });
        Progress { total, done_is, is_terminal, state }
    }

    /// One more step is done.
    pub fn step(&self) {
        let Ok(mut state) = self.state.lock() else { return };
        state.done += 1;
        if Instant::now() < state.due {
            return;
        }
        let line = format!("{}/{} {}", state.done, self.total, self.done_is);
        let mut stderr = std::io::stderr();
        // A word that cannot be said is no reason to stop.
        let _ = match self.is_terminal {
            true => write!(stderr, "\r{line}"),
            false => writeln!(stderr, "{line}"),
        };
        state.has_line = self.is_terminal;
        if !self.is_terminal {
            state.due = Instant::now() + SPARSE;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.state.get_mut().is_ok_and(|state| state.has_line) {
            eprint!("\r\x1b[K");
        }
    }
}
