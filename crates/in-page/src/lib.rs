//! What a page shows of a run that was recorded in it: where no server stands
//! behind the page, the script runs in Python compiled to WebAssembly, and this
//! crate, compiled so too, does what the server's `trace` would do with the run.
//!
//! The page hands over what `theme/python/begin.py` tells, as JSON, and gets what
//! the server would answer. Both go through one buffer:
//!
//! 1. `room(n)` makes the buffer `n` bytes long and says where it is;
//! 2. `show()` reads it, puts the answer there, and says how long that is;
//! 3. `place()` says where.
//!
//! # Layout
//!
//! [`answer`] is all of it; the rest of this file is that buffer.

use std::io::Cursor;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use draw::player::Answer;
use recording::event::{Language, Recording};
use recording::exercise::Exercise;
use recording::names::Names;
use recording::part::Window;
use recording::session::{Ending, Session};
use serde::Deserialize;
use serde_json::Value;

/// A run, as the page tells of it.
#[derive(Debug, Deserialize)]
struct Told {
    header: Value,
    events: Vec<Value>,
    ending: How,
    /// With which status.
    status: i32,
    /// For how many milliseconds before nothing had happened.
    silent: u64,
    /// Seconds that it was allowed to take.
    most: u64,
    /// What it wrote besides its recorded prints.
    said: String,
    source: String,
    /// What it has to be, if that is asked.
    #[serde(default)]
    exercise: Option<Exercise>,
}

/// How a run ended: by itself, or why not.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum How {
    Exit,
    Stuck,
    Flooded,
    Timeout,
}

/// What the server would answer: `{"recording":{…}}` or `{"errors":{…}}`, see
/// [`draw::player`](mod@draw::player).
///
/// # Errors
///
/// When the page tells of no run.
pub fn answer(told: &[u8]) -> Result<Answer> {
    let told: Told = serde_json::from_slice(told).context("the page tells of no run")?;
    let limit = Duration::from_secs(told.most);
    let ending = match told.ending {
        How::Stuck => Ending::Stuck,
        How::Flooded => Ending::Flooded,
        How::Timeout => Ending::TimedOut,
        How::Exit => Ending::Exit(told.status),
    };
    let lines: Vec<String> =
        [&told.header].into_iter().chain(&told.events).map(Value::to_string).collect();
    let Recording { header, events } = Recording::read(Cursor::new(lines.join("\n")))?;
    let ended = ending.ended(Some(limit));
    let session = Session {
        names: Names::of_events(&events),
        header,
        ending,
        silent: Duration::from_millis(told.silent),
        stderr: String::new(),
        choices: Vec::new(),
        overlap: false,
        events: Box::new(events.into_iter().map(Ok)),
    };
    let shown =
        draw::player(session, &Window::default(), ended, &told.source, told.exercise.as_ref())?;
    Ok(Answer::of(Some(shown), &told.said, Language::Python))
}

/// The buffer.
static BUFFER: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn buffer() -> MutexGuard<'static, Vec<u8>> {
    BUFFER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes the buffer `bytes` long; says where it is.
#[allow(unsafe_code, reason = "the page finds it by its name, which no other crate has")]
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    let mut buffer = buffer();
    buffer.clear();
    buffer.resize(bytes, 0);
    buffer.as_mut_ptr()
}

/// Puts the answer to what is in the buffer there; says how long it is.
#[allow(unsafe_code, reason = "the page finds it by its name, which no other crate has")]
#[unsafe(no_mangle)]
pub extern "C" fn show() -> usize {
    let mut buffer = buffer();
    let answer = answer(&buffer)
        .unwrap_or_else(|error| Answer::errors(&format!("{error:#}\n"), "", Language::Python));
    *buffer = serde_json::to_vec(&answer).expect("texts are JSON");
    buffer.len()
}

/// Where the answer is.
#[allow(unsafe_code, reason = "the page finds it by its name, which no other crate has")]
#[unsafe(no_mangle)]
pub extern "C" fn place() -> *const u8 {
    buffer().as_ptr()
}

#[cfg(test)]
mod tests;
