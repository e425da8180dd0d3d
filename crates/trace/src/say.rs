//! What is said on stderr, where nobody may listen, and the lines that are a
//! command's result.

use std::fmt::Display;
use std::io::{ErrorKind, Write, stdout};

use anyhow::{Context, Result};

/// Prints a line on stdout.
///
/// # Errors
///
/// When it cannot be written; that its reader has had enough, as `head` may have,
/// is none.
pub fn print(line: impl Display) -> Result<()> {
    match writeln!(stdout(), "{line}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write to stdout"),
    }
}

/// The standard `eprintln!`, but for a stderr that is closed or full: that is no
/// reason to end.
#[macro_export]
macro_rules! eprintln {
    ($($text:tt)*) => { $crate::eprint!("{}\n", format_args!($($text)*)) };
}

/// The standard `eprint!`, in the same way.
#[macro_export]
macro_rules! eprint {
    ($($text:tt)*) => {{
        let text = format!($($text)*);
        // By the standard one, whose output a test keeps to itself: that of another
        // `cargo test`, say. What it does about a full stderr is to panic.
        let _ = std::panic::catch_unwind(|| ::std::eprint!("{text}"));
    }};
}
