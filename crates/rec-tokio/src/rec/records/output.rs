//! What the program prints: kept for the record, line by line.

use std::ffi::c_void;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::raw::emit;
use super::say::Print;
use super::{stack, switch, who};
use crate::rec::sys::lock::SpinLock;
use crate::rec::sys::{self, inside, memory};

/// A longer line is cut into pieces of so many bytes: one without an end would
/// take all memory.
const LONGEST: usize = 1 << 20;

/// The beginnings of lines, of stdout and of stderr.
static PARTS: [Mutex<Part>; 2] = [const { Mutex::new(Part::new()) }; 2];

/// The beginning of a line, and who wrote the last of it: at the end of the
/// process nobody else knows any more.
struct Part {
    text: Vec<u8>,
    task: Option<u32>,
    stack: u32,
    /// Whether what came before of this line is recorded.
    is_cut: bool,
}

impl Part {
    const fn new() -> Self {
        Part { text: Vec::new(), task: None, stack: 0, is_cut: false }
    }

    /// Records the line, and begins the next.
    fn print(&mut self, fd: i32) {
        let text = std::mem::take(&mut self.text);
        let text = String::from_utf8_lossy(&text);
        let thread = self.task.is_none().then(who::thread).flatten();
        emit(Print { k: self.task, fd, text: &*text, s: self.stack, thread });
    }
}

/// What stdout and stderr were at the start.
static FILES: [sys::File; 2] = [const { sys::File::none() }; 2];

/// Remembers what stdout and stderr are.
pub(crate) fn start() {
    for (fd, file) in (1..).zip(&FILES) {
        file.remember(fd);
    }
}

/// Whether what is written to `fd` is to be taken: it is stdout or stderr,
/// and the program has not closed or redirected it.
pub(crate) fn takes(fd: i32) -> bool {
    matches!(fd, 1 | 2) && switch::on() && FILES[fd as usize - 1].is_at(fd)
}

fn part(fd: i32) -> MutexGuard<'static, Part> {
    PARTS[fd as usize - 1].lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes `bytes` that `task` has written to `fd`, 1 or 2.
pub(crate) fn take(fd: i32, bytes: &[u8], task: Option<u32>) {
    inside::recorder(|| {
        late();
        add(fd, bytes, task);
    });
}

fn add(fd: i32, bytes: &[u8], task: Option<u32>) {
    let mut part = part(fd);
    part.task = task;
    part.stack = stack::here();
    let mut lines = bytes.split(|byte| *byte == b'\n').peekable();
    while let Some(mut line) = lines.next() {
        let is_whole = lines.peek().is_some();
        while part.text.len() + line.len() > LONGEST {
            let (piece, rest) = line.split_at(LONGEST - part.text.len());
            part.text.extend_from_slice(piece);
            let whole = part.text.len() - begun(&part.text);
            let begun = part.text.split_off(whole);
            part.print(fd);
            part.is_cut = true;
            part.text = begun;
            line = rest;
        }
        part.text.extend_from_slice(line);
        if is_whole {
            if !part.text.is_empty() || !part.is_cut {
                part.print(fd);
            }
            part.is_cut = false;
        }
    }
}

/// The bytes at the end of `text` that are the beginning of a letter.
fn begun(text: &[u8]) -> usize {
    let has = |n: usize| text.len().checked_sub(n).map(|at| text[at]);
    let first = (1..4).find_map(|n| Some((n, has(n)?)).filter(|(_, byte)| byte & 0xc0 != 0x80));
    match first {
        Some((n, byte)) if byte.leading_ones() as usize > n => n,
        _ => 0,
    }
}

/// Takes what has no line break at its end, when no more will come.
pub(crate) fn flush() {
    inside::recorder(|| {
        late();
        for fd in [1, 2] {
            let mut part = part(fd);
            if !part.text.is_empty() {
                part.print(fd);
            }
        }
    });
}

/// What handlers of signals have written, which may be in the middle of
/// anything: kept here until it can be recorded.
static LATE: SpinLock<Late> = SpinLock::new(Late { bytes: [0; 1 << 16], used: 0 });

/// One after the other: a descriptor, a length as two bytes, as many bytes.
struct Late {
    bytes: [u8; 1 << 16],
    used: usize,
}

/// Keeps what a handler writes to `fd` for the next record; gives how much there
/// was room for. Neither allocates nor waits.
pub(crate) fn keep(fd: i32, from: *const c_void, bytes: usize) -> Option<usize> {
    // The handler may have interrupted whoever has it.
    let mut late = LATE.try_lock()?;
    let Late { bytes: room, used } = &mut *late;
    let bytes = bytes.min(usize::from(u16::MAX));
    let (head, to) = room.get_mut(*used..*used + 3 + bytes)?.split_at_mut(3);
    let kept = memory::read(from, to);
    head[0] = fd as u8;
    head[1..].copy_from_slice(&(kept as u16).to_ne_bytes());
    *used += 3 + kept;
    Some(kept)
}

/// Takes what handlers have written.
fn late() {
    let kept = {
        let mut late = LATE.lock();
        if late.used == 0 {
            return;
        }
        let kept = late.bytes[..late.used].to_vec();
        late.used = 0;
        kept
    };
    let mut rest = &kept[..];
    while let [fd, low, high, text @ ..] = rest {
        let (text, more) = text.split_at(usize::from(u16::from_ne_bytes([*low, *high])));
        add((*fd).into(), text, None);
        rest = more;
    }
}
