//! From an executable to a [`Session`].

use std::fs::File;
use std::io::BufReader;
use std::process::Command;

use anyhow::{Context, Result};

use super::compile::Compiled;
use super::source::Source;
use super::stacks::Stacks;
use super::survey::Survey;
use super::translate::Translate;
use crate::event::{Class, Clock, FORMAT, Header, Language};
use crate::process::{self, Limits};
use crate::session::{Options, Session};

/// The names that `crates/rec-tokio` (`rec::raw`) knows these by.
const FILE: &str = "CONTEXT_SWITCH_EVENTS";
const REAL_TIME: &str = "CONTEXT_SWITCH_REAL_TIME";
const MOST: &str = "CONTEXT_SWITCH_MOST_EVENTS";

/// The records that a run may have.
const MOST_RECORDS: u64 = 3_000_000;
/// The bytes that they may have.
const MOST_BYTES: u64 = 1 << 30;
/// The bytes that are kept of what the program's children print.
const MOST_OUTPUT: usize = 1 << 16;

impl Compiled {
    /// Runs the program to its end, or to the end of `options.timeout`.
    ///
    /// # Errors
    ///
    /// When it cannot be started, or its records cannot be read.
    pub fn start(&self, options: &Options) -> Result<Session> {
        let records = tempfile::NamedTempFile::new().context("cannot make a temporary file")?;
        let mut command = Command::new(&self.executable);
        command.env(FILE, records.path()).env(MOST, MOST_RECORDS.to_string());
        command.env("RUST_BACKTRACE", "0");
        if options.real_time {
            command.env(REAL_TIME, "1");
        }
        let limits = Limits {
            timeout: options.timeout,
            file: Some((records.path(), MOST_BYTES)),
            output: MOST_OUTPUT,
        };
        let finished = process::run(command, &limits)?;
        let source = Source::of(&self.text, &self.file);
        let read = || File::open(records.path()).map(BufReader::new).context("no records");
        let survey = Survey::of(read()?, &source)?;
        let stacks = Stacks::of(&self.executable, &self.file)?;
        let header = self.header(options, &survey);
        let ending = survey.ending.clone().unwrap_or(finished.ending);
        let mut events = Translate::new(read()?, survey, source, stacks);
        let events = std::iter::from_fn(move || {
            // The file is removed when the last event has been read.
            let _file = &records;
            events.next()
        });
        Ok(Session { header, ending, stderr: finished.stderr, events: Box::new(events) })
    }

    fn header(&self, options: &Options, survey: &Survey) -> Header {
        let mut notes = Vec::new();
        if survey.multi_thread {
            let note = "written for the multi-threaded runtime, recorded on one thread";
            notes.push(note.to_owned());
        }
        Header {
            format: FORMAT,
            program: self.program.name.clone(),
            language: Language::Rust,
            runtime: self.runtime.clone(),
            clock: if options.real_time { Clock::Real } else { Clock::Virtual },
            class: if options.real_time { Class::Order } else { Class::Exact },
            notes,
        }
    }
}
