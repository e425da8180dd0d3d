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
use std::time::{Duration, Instant};

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
    let mut out = std::io::stdout().lock();
    out.write_all(stamped(start.elapsed(), text).as_bytes())?;
    out.flush()
}

/// `text` with `since` in front of each of its lines, in seconds to the
/// millisecond, padded so that the first 100 seconds line up.
fn stamped(since: Duration, text: &str) -> String {
    let seconds = since.as_secs_f64();
    text.split('\n').map(|line| format!("[{seconds:6.3} s] {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_line_up_below_a_hundred_seconds() {
        assert_eq!(stamped(Duration::from_micros(1_499), "a"), "[ 0.001 s] a\n");
        assert_eq!(stamped(Duration::from_millis(99_999), "a"), "[99.999 s] a\n");
    }

    #[test]
    fn each_line_of_a_text_has_the_time() {
        assert_eq!(stamped(Duration::ZERO, "a\n\nb"), "[ 0.000 s] a\n[ 0.000 s] \n[ 0.000 s] b\n");
    }
}
