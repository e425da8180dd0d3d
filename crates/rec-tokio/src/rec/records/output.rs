//! What the program prints: kept for the record, line by line.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::raw::emit;
use super::say::Print;
use super::{stack, switch};
use crate::rec::sys;

/// A line is cut after so many bytes: more is a flood, not a line.
const LONGEST: usize = 1 << 20;

/// The beginnings of lines, of stdout and of stderr.
static PARTS: [Mutex<Part>; 2] = [const { Mutex::new(Part::new()) }; 2];

/// The beginning of a line, and who wrote the last of it: at the end of the
/// process nobody else knows any more.
struct Part {
    text: Vec<u8>,
    task: Option<u32>,
    stack: u32,
}

impl Part {
    const fn new() -> Self {
        Part { text: Vec::new(), task: None, stack: 0 }
    }

    /// Records the line, and begins the next.
    fn print(&mut self, fd: i32) {
        let text = std::mem::take(&mut self.text);
        let text = String::from_utf8_lossy(&text);
        let thread = (!sys::is_main_thread()).then_some(1);
        emit(Print { k: self.task, fd, text: &*text, s: self.stack, thread });
    }
}

/// Device and file number of stdout and stderr at the start.
static FILES: [[AtomicU64; 2]; 2] = [const { [const { AtomicU64::new(0) }; 2] }; 2];

/// Remembers what stdout and stderr are.
pub(crate) fn start() {
    for fd in [1, 2] {
        if let Some(file) = sys::file(fd) {
            for (kept, now) in FILES[fd as usize - 1].iter().zip(file) {
                kept.store(now, Relaxed);
            }
        }
    }
}

/// Whether what is written to `fd` is to be taken: it is stdout or stderr,
/// and the program has not closed or redirected it.
pub(crate) fn takes(fd: i32) -> bool {
    matches!(fd, 1 | 2) && switch::on() && {
        let kept = FILES[fd as usize - 1].each_ref().map(|number| number.load(Relaxed));
        sys::file(fd) == Some(kept)
    }
}

fn part(fd: i32) -> MutexGuard<'static, Part> {
    PARTS[fd as usize - 1].lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes `bytes` that `task` has written to `fd`, 1 or 2.
pub(crate) fn take(fd: i32, bytes: &[u8], task: Option<u32>) {
    let mut part = part(fd);
    part.task = task;
    part.stack = stack::here();
    let mut lines = bytes.split(|byte| *byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        part.text.extend_from_slice(line);
        if lines.peek().is_some() || part.text.len() >= LONGEST {
            part.print(fd);
        }
    }
}

/// Takes what has no line break at its end, when no more will come.
pub(crate) fn flush() {
    for fd in [1, 2] {
        let mut part = part(fd);
        if !part.text.is_empty() {
            part.print(fd);
        }
    }
}
