//! What the program prints: kept for the record, line by line.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::libc_hooks::real;
use super::raw::{Field, Quoted, emit};
use super::{current, raw, stack};

/// A line is cut after so many bytes: more is a flood, not a line.
const LONGEST: usize = 1 << 20;

/// The beginnings of lines, of stdout and of stderr.
static PARTS: [Mutex<Vec<u8>>; 2] = [const { Mutex::new(Vec::new()) }; 2];
/// Device and file number of stdout and stderr at the start.
static FILES: [[AtomicU64; 2]; 2] = [const { [const { AtomicU64::new(0) }; 2] }; 2];

/// Remembers what stdout and stderr are.
pub(crate) fn start() {
    for fd in [1, 2] {
        if let Some(file) = real::file(fd) {
            for (kept, now) in FILES[fd as usize - 1].iter().zip(file) {
                kept.store(now, Relaxed);
            }
        }
    }
}

/// Whether what is written to `fd` is to be taken: it is stdout or stderr,
/// and the program has not closed or redirected it.
pub(crate) fn takes(fd: i32) -> bool {
    matches!(fd, 1 | 2) && raw::on() && {
        let kept = FILES[fd as usize - 1].each_ref().map(|number| number.load(Relaxed));
        real::file(fd) == Some(kept)
    }
}

fn part(fd: i32) -> MutexGuard<'static, Vec<u8>> {
    PARTS[fd as usize - 1].lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes `bytes` written to `fd`, 1 or 2.
pub(crate) fn take(fd: i32, bytes: &[u8]) {
    let mut part = part(fd);
    let mut stack = None;
    let mut rest = bytes;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        part.extend_from_slice(&rest[..end]);
        print(fd, &std::mem::take(&mut *part), *stack.get_or_insert_with(stack::here));
        rest = &rest[end + 1..];
    }
    part.extend_from_slice(rest);
    if part.len() >= LONGEST {
        print(fd, &std::mem::take(&mut *part), stack.unwrap_or_else(stack::here));
    }
}

/// Takes what has no line break at its end, when no more will come.
pub(crate) fn flush() {
    for fd in [1, 2] {
        let rest = std::mem::take(&mut *part(fd));
        if !rest.is_empty() {
            print(fd, &rest, stack::here());
        }
    }
}

fn print(fd: i32, line: &[u8], stack: u32) {
    let text = String::from_utf8_lossy(line);
    let task = Field("k", current::task());
    let other = Field("thread", (!real::is_main_thread()).then_some(1));
    emit!("print", ",\"fd\":{fd},\"text\":{},\"s\":{stack}{task}{other}", Quoted(&text));
}
