//! Where a child cannot be kept within limits: on any system but Linux nothing
//! is recorded, and that is said before anything is compiled.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::program::Program;
use recording::session::Ending;

/// What a child may use up: as on Linux.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "a closure has none")]
#[allow(missing_docs, reason = "they are those of Linux, which has them all")]
pub struct Limits<'a> {
    pub timeout: Duration,
    pub computes: Option<Duration>,
    pub progress: Option<&'a dyn Fn() -> u64>,
    pub file: Option<(&'a Path, u64)>,
    pub output: usize,
    pub stdin: Stdin,
}

/// What a child reads: as on Linux.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are those of Linux, which has them all")]
pub enum Stdin {
    Empty,
    Silent,
    Offered,
}

/// As on Linux.
pub(crate) mod forks {
    use std::path::PathBuf;

    use super::{Command, Finished, Limits, Result, available};
    use crate::scratch::Folder;

    /// Nothing forks.
    #[derive(Debug)]
    pub(crate) struct Forks;

    impl Forks {
        pub fn start(_: impl FnOnce(&Folder) -> Result<Command>) -> Result<Self> {
            available()?;
            unreachable!("it is never available")
        }

        pub fn file(&self, _: &str) -> PathBuf {
            unreachable!("there is none")
        }

        pub fn run(&mut self, _: &str, _: &Limits<'_>) -> Result<Finished> {
            unreachable!("there is none")
        }
    }
}

/// Nothing runs that could read.
pub mod input {
    /// As on Linux.
    pub fn offer() {}
}

/// A child that is over: as on Linux.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are those of Linux, which has them all")]
pub struct Finished {
    pub ending: Ending,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

/// Whether programs can be recorded here.
///
/// # Errors
///
/// Always.
pub fn available() -> Result<()> {
    bail!(
        "recording needs Linux: a recorded program gets its time at the border of Linux's C \
         library. Reading and building the book, and `cargo run --example`, need nothing of it"
    )
}

/// As on Linux.
pub const BECOMES: &str = "";

/// As on Linux: nothing runs.
pub fn not_whole(_: &Program, _: &Path, _: &str) -> String {
    String::new()
}

/// Nothing runs that could be interrupted.
pub fn interrupt() -> bool {
    false
}

/// As [`interrupt`] says: never.
pub fn is_interrupted() -> bool {
    false
}

/// Runs nothing.
///
/// # Errors
///
/// Always.
pub fn run(_: Command, _: &Limits<'_>) -> Result<Finished> {
    available()?;
    unreachable!("it is never available")
}
