//! From an executable to a [`Session`].

use std::any::Any;
use std::num::NonZeroUsize;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use super::compile::Compiled;
use super::records::Records;
use super::source::Source;
use super::stacks::Stacks;
use super::survey::Survey;
use super::translate::Translate;
use crate::process::forks::Forks;
use crate::process::{self, Finished, Stdin};
use crate::program::Options;
use crate::scratch::{self, no_room};
use crate::wire;
use crate::written::{Written, limits};
use recording::event::{Class, Clock, FORMAT, Header, Language};
use recording::names::Names;
use recording::session::{Ending, Session};

/// The workers of a program that cannot run on one thread.
const WORKERS_NEEDED: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// The records that a run may have.
const MOST_RECORDS: u64 = 3_000_000;
/// The same of a run whose order is chosen: it is one of many.
const MOST_IN_ORDER: u64 = 100_000;
/// The bytes that they may have.
const MOST_BYTES: u64 = 1 << 30;

/// A run that is over.
struct Run {
    /// The file of the records, and what it goes with.
    records: (PathBuf, Box<dyn Any>),
    finished: Finished,
    silent: Duration,
    survey: Survey,
}

/// Why no order can be chosen in that run, if one was to be.
fn no_order(options: &Options, survey: &Survey) -> Option<String> {
    options.order.as_ref()?;
    match (&survey.outside, &survey.workers) {
        (Some((why, _)), _) => Some(format!("{why}, so it needs the machine's clock")),
        (None, Some(why)) => Some(format!("{why}, so it needs workers")),
        (None, None) => None,
    }
}

/// How far a run has come.
fn come(records: &Path) -> u64 {
    Written::at(records).end
}

/// What a run reads.
fn stdin(options: &Options) -> Stdin {
    match options.real_time || options.workers.is_some() {
        true => Stdin::Offered,
        // If it reads, it is run again on the machine's clock.
        false => Stdin::Silent,
    }
}

impl Compiled {
    /// Runs the program to its end, or to the end of `options.timeout`.
    ///
    /// A program that reaches out of its process, or whose order depends on how
    /// long it computes, is run again on the machine's clock; one that needs a
    /// second thread, on the workers that it asks for, two if it says no number:
    /// the header says so.
    ///
    /// # Errors
    ///
    /// When it cannot be started, or its records cannot be read.
    pub fn start(&self, options: &Options) -> Result<Session> {
        let source = Source::of(&self.text, &self.files, &self.told);
        let mut run = self.run(options, false, &source)?;
        let mut notes = self.notes.clone();
        let mut options = options.clone();
        let mut class = match (options.workers, options.real_time) {
            (Some(_), _) => Class::Seen,
            (None, true) => Class::Order,
            (None, false) => Class::Exact,
        };
        if let Some(why) = no_order(&options, &run.survey) {
            bail!("{}: no order can be chosen: {why}", self.program.path.display());
        }
        if let Some((why, needs)) = run.survey.outside.take() {
            notes.push(format!("recorded on the machine's clock: {why}"));
            options.real_time = true;
            class = needs;
            run = self.run(&options, false, &source)?;
        }
        if let Some(why) = run.survey.workers.take() {
            notes.push(format!("recorded on {WORKERS_NEEDED} workers: {why}"));
            options.workers = Some(WORKERS_NEEDED);
            class = Class::Seen;
            run = self.run(&options, true, &source)?;
        }
        if run.survey.becomes {
            notes.push(process::BECOMES.to_owned());
        }
        let stacks = Stacks::lent(&self.known, &self.kept(), &self.files)?;
        let header = self.header(&options, class, notes, &run.survey);
        let ending = run.survey.ending.clone().unwrap_or(run.finished.ending);
        // A program without tasks is one itself, its main.
        let names = match run.survey.is_plain() {
            true => Names::new(["main"]),
            false => run.survey.names(),
        };
        let choices = std::mem::take(&mut run.survey.choices);
        let overlap = run.survey.overlap;
        let records = Records::open(&run.records.0)?;
        let mut events = Translate::new(records, run.survey, source, stacks, options.awaits);
        let records = run.records;
        let events = std::iter::from_fn(move || {
            // The file is removed when the last event has been read.
            let _file = &records;
            events.next()
        });
        let (silent, stderr) = (run.silent, run.finished.stderr);
        let events = Box::new(events);
        Ok(Session { header, names, ending, silent, stderr, choices, overlap, events })
    }

    /// What runs the program as it is, on so many workers, if that is said.
    pub fn plain(&self, workers: Option<NonZeroUsize>) -> Command {
        let mut command = Command::new(self.kept());
        command.args(&self.program.args);
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command.env_remove(wire::EVENTS).env_remove(wire::WORKERS).env_remove(wire::ORDER);
        if let Some(workers) = workers {
            command.env(wire::WORKERS, workers.to_string());
        }
        command
    }

    /// Runs it once; `as_written`: with the runtimes that the program asks for.
    fn run(&self, options: &Options, as_written: bool, source: &Source) -> Result<Run> {
        let (records, finished) = match (options.told_order(), &self.forks) {
            (Some(order), Some(forks)) => {
                let start = || Forks::start(|_| Ok(self.command(options, as_written)));
                let mut forks = forks.lend(start)?;
                let path = forks.file("events");
                let come = || come(&path);
                let limits = limits(options, (&path, MOST_BYTES), &come, stdin(options));
                match forks.run(&order, &limits) {
                    Ok(finished) => ((path, Box::new(forks) as Box<dyn Any>), finished),
                    Err(error) => {
                        forks.spoil();
                        return Err(error);
                    }
                }
            }
            (order, _) => {
                let file = scratch::file().with_context(no_room)?;
                let path = file.path().to_owned();
                let mut command = self.command(options, as_written);
                command.env(wire::EVENTS, &path);
                if let Some(order) = order {
                    command.env(wire::ORDER, order);
                }
                let come = || come(&path);
                let limits = limits(options, (&path, MOST_BYTES), &come, stdin(options));
                let finished = process::run(command, &limits)?;
                ((path.clone(), Box::new(file) as Box<dyn Any>), finished)
            }
        };
        let silent = Written::at(&records.0).silent();
        let survey = Survey::of(Records::open(&records.0)?, source)?;
        if matches!(finished.ending, Ending::Exit(_)) && !survey.is_whole() {
            let path = self.program.path.display();
            ensure!(
                self.has_stand_in() != Some(false),
                "{path}: nothing in it calls tokio, so there are no context switches to record"
            );
            bail!(process::not_whole(&self.program, &records.0, &finished.stderr));
        }
        Ok(Run { records, finished, silent, survey })
    }

    /// What runs it, but for the file of its records and its order.
    fn command(&self, options: &Options, as_written: bool) -> Command {
        let mut command = Command::new(self.kept());
        command.arg0(&self.executable).args(&self.program.args);
        if let Some(folder) = &self.folder {
            // One test at a time, and what it prints.
            command.current_dir(folder).env("RUST_TEST_THREADS", "1");
            command.env("RUST_TEST_NOCAPTURE", "1");
        }
        command.env("RUST_BACKTRACE", "0").env_remove(wire::REAL_TIME).env_remove(wire::WORKERS);
        if options.real_time {
            command.env(wire::REAL_TIME, "1");
        }
        if let Some(workers) = options.workers {
            command.env(wire::WORKERS, workers.to_string());
        }
        command.env_remove(wire::AS_WRITTEN);
        if as_written {
            command.env(wire::AS_WRITTEN, "1");
        }
        command.env_remove(wire::ORDER).env_remove(wire::FORKS);
        let most = if options.order.is_some() { MOST_IN_ORDER } else { MOST_RECORDS };
        command.env(wire::MOST_EVENTS, most.to_string());
        command
    }

    fn header(
        &self,
        options: &Options,
        class: Class,
        mut notes: Vec<String>,
        survey: &Survey,
    ) -> Header {
        if options.order.is_some() {
            notes.push("one order of those that it can have, chosen".to_owned());
        } else if survey.multi_thread {
            let note = "written for the multi-threaded runtime, recorded on one thread";
            notes.push(note.to_owned());
        }
        if survey.current_thread {
            let note = "written for the current-thread runtime, recorded on several threads";
            notes.push(note.to_owned());
        }
        if survey.branches {
            let note = "of a poll that polls its branches over and over the beginning is recorded";
            notes.push(note.to_owned());
        }
        if options.workers.is_some() {
            notes.push("one possible run of many".to_owned());
        }
        Header {
            format: FORMAT,
            program: self.program.name.clone(),
            language: Language::Rust,
            runtime: self.runtime.clone(),
            clock: match options.real_time || options.workers.is_some() {
                true => Clock::Real,
                false => Clock::Virtual,
            },
            workers: options.workers.map(NonZeroUsize::get),
            class,
            notes,
            partial: false,
        }
    }
}
