//! A `println!` that says when: each line is stamped with the seconds since
//! the program's first line, and a last line, `(end)`, closes the program.
//!
//! ```
//! use timed::println;
//!
//! println!("Hello"); // [ 0.000 s] Hello
//! ```
//!
//! The macro shadows the prelude's, so that a listing stays plain Rust and one
//! `use` above it makes the timed example.

use std::fmt;
use std::io::Write;
use std::sync::OnceLock;
use std::time::Instant;

/// The standard `println!`, with the time in front.
#[macro_export]
macro_rules! println {
    () => { $crate::line(::std::format_args!("")) };
    ($($arg:tt)*) => { $crate::line(::std::format_args!($($arg)*)) };
}

static START: OnceLock<Instant> = OnceLock::new();

/// Prints `text` behind the seconds since the first call; each line of a text
/// of several gets the stamp.
///
/// The first call arranges for `(end)` to be printed when the process exits.
///
/// # Panics
///
/// When stdout is closed, as the standard `println!` does.
pub fn line(text: fmt::Arguments<'_>) {
    let start = START.get_or_init(|| {
        // SAFETY: `end` has the signature that atexit asks for and never unwinds.
        #[allow(unsafe_code, reason = "std has no hook for the end of the process")]
        unsafe {
            libc::atexit(end);
        }
        Instant::now()
    });
    stamp(*start, &text.to_string()).expect("failed printing to stdout");
}

extern "C" fn end() {
    if let Some(start) = START.get() {
        // Nobody is left to tell when stdout is closed by now.
        let _ = stamp(*start, "(end)");
    }
}

fn stamp(start: Instant, text: &str) -> std::io::Result<()> {
    let seconds = start.elapsed().as_secs_f64();
    let mut out = std::io::stdout().lock();
    for line in text.split('\n') {
        writeln!(out, "[{seconds:6.3} s] {line}")?;
    }
    out.flush()
}
