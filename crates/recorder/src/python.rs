//! Records asyncio scripts.
//!
//! The script runs unmodified in the reader's own `python3`, under a recorder
//! in Python (`crates/recorder/python`), which this module carries with it and
//! unpacks for each run. Events go to a file, so that nothing the script does
//! to its output can touch them.

mod events;
pub mod found;

use std::any::Any;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;

use events::Events;

use crate::lent::Pool;
use crate::process::forks::Forks;
use crate::process::{self, Finished, Stdin};
use crate::program::{Options, Program};
use crate::scratch::{self, Folder, no_room};
use crate::wire;
use crate::written::{Written, limits};
use recording::event::{Class, Clock, FORMAT, Header, Language};
use recording::session::{Choice, Ending, Session};

/// Names the interpreter to be used instead of the `python3` in `PATH`.
pub const PYTHON: &str = "CONTEXT_SWITCH_PYTHON";

/// Names the file for what is known of a script's run besides its events.
const FACTS: &str = "CONTEXT_SWITCH_FACTS";

/// Set to `1` when each suspension is to tell its chain of awaits.
const AWAITS: &str = "CONTEXT_SWITCH_AWAITS";

/// More events than this are a flood.
const MOST_EVENTS: u64 = 1_000_000;

/// As long as the recorder makes the file of events, in bytes.
const MOST_BYTES: u64 = 256 << 20;

/// The recorder's files.
const FILES: &[(&str, &str)] = &[
    ("__main__.py", include_str!("../python/__main__.py")),
    ("context_switch/__init__.py", include_str!("../python/context_switch/__init__.py")),
    ("context_switch/calls.py", include_str!("../python/context_switch/calls.py")),
    ("context_switch/cancellations.py", include_str!("../python/context_switch/cancellations.py")),
    ("context_switch/chance.py", include_str!("../python/context_switch/chance.py")),
    ("context_switch/clock.py", include_str!("../python/context_switch/clock.py")),
    ("context_switch/events.py", include_str!("../python/context_switch/events.py")),
    ("context_switch/facts.py", include_str!("../python/context_switch/facts.py")),
    ("context_switch/files.py", include_str!("../python/context_switch/files.py")),
    ("context_switch/forks.py", include_str!("../python/context_switch/forks.py")),
    ("context_switch/handles.py", include_str!("../python/context_switch/handles.py")),
    ("context_switch/jobs.py", include_str!("../python/context_switch/jobs.py")),
    ("context_switch/lines.py", include_str!("../python/context_switch/lines.py")),
    ("context_switch/loop.py", include_str!("../python/context_switch/loop.py")),
    ("context_switch/made.py", include_str!("../python/context_switch/made.py")),
    ("context_switch/order.py", include_str!("../python/context_switch/order.py")),
    ("context_switch/needs.py", include_str!("../python/context_switch/needs.py")),
    ("context_switch/outside.py", include_str!("../python/context_switch/outside.py")),
    ("context_switch/output.py", include_str!("../python/context_switch/output.py")),
    ("context_switch/peers.py", include_str!("../python/context_switch/peers.py")),
    ("context_switch/pipes.py", include_str!("../python/context_switch/pipes.py")),
    ("context_switch/pools.py", include_str!("../python/context_switch/pools.py")),
    ("context_switch/program.py", include_str!("../python/context_switch/program.py")),
    ("context_switch/resources.py", include_str!("../python/context_switch/resources.py")),
    ("context_switch/script.py", include_str!("../python/context_switch/script.py")),
    ("context_switch/session.py", include_str!("../python/context_switch/session.py")),
    ("context_switch/strangers.py", include_str!("../python/context_switch/strangers.py")),
    ("context_switch/tasks.py", include_str!("../python/context_switch/tasks.py")),
    ("context_switch/tracebacks.py", include_str!("../python/context_switch/tracebacks.py")),
    ("context_switch/tracer.py", include_str!("../python/context_switch/tracer.py")),
    ("context_switch/watch.py", include_str!("../python/context_switch/watch.py")),
    ("context_switch/trouble.py", include_str!("../python/context_switch/trouble.py")),
    ("context_switch/unawaited.py", include_str!("../python/context_switch/unawaited.py")),
    ("context_switch/usage.py", include_str!("../python/context_switch/usage.py")),
    ("context_switch/waits.py", include_str!("../python/context_switch/waits.py")),
    ("context_switch/wire.py", include_str!("../python/context_switch/wire.py")),
];

/// Runs a script and gives its events.
///
/// # Errors
///
/// When there is no Python of a version that can be used, no such script, or no
/// room to work. A script that fails is no error: see [`Session::ending`] and
/// [`Session::stderr`].
pub fn start(program: &Program, options: &Options) -> Result<Session> {
    start_with(&interpreter(), program, options)
}

/// The interpreter [`PYTHON`] names, otherwise the `python3` in `PATH`.
pub fn interpreter() -> OsString {
    std::env::var_os(PYTHON).unwrap_or_else(|| "python3".into())
}

/// What runs a script as it is, each line of its output as soon as it is printed.
pub(crate) fn plain(program: &Program) -> Command {
    let mut command = Command::new(interpreter());
    command.arg("-u").arg(&program.path).args(&program.args);
    command
}

/// [`start`] with an interpreter of the caller's choice.
///
/// # Errors
///
/// Those of [`start`].
pub fn start_with(python: &OsStr, program: &Program, options: &Options) -> Result<Session> {
    start_within(most_events(options), python, program, options, None)
}

/// A run whose order is chosen is one of many.
fn most_events(options: &Options) -> u64 {
    if options.order.is_some() { MOST_EVENTS / 10 } else { MOST_EVENTS }
}

/// A script for many runs in an order: their processes are forked from one that has
/// the interpreter and the recorder ready.
#[derive(Debug)]
pub struct Forking {
    python: OsString,
    program: Program,
    forks: Pool<Forks>,
}

impl Forking {
    /// That of `program`, run by this interpreter.
    pub fn of(python: &OsStr, program: &Program) -> Self {
        Forking { python: python.to_owned(), program: program.clone(), forks: Pool::default() }
    }

    /// [`start`] in the order of `options`.
    ///
    /// # Errors
    ///
    /// Those of [`start`].
    pub fn start(&self, options: &Options) -> Result<Session> {
        let (most, forks) = (most_events(options), Some(&self.forks));
        start_within(most, &self.python, &self.program, options, forks)
    }
}

fn start_within(
    most_events: u64,
    python: &OsStr,
    program: &Program,
    options: &Options,
    forks: Option<&Pool<Forks>>,
) -> Result<Session> {
    let path = &program.path;
    File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let begun = |dir: &Folder| command(dir, most_events, python, program, options);
    // What the files go with.
    let keeps: Box<dyn Any>;
    let (events, facts, finished) = match (options.told_order(), forks) {
        (Some(order), Some(forks)) => {
            let mut forks = forks
                .lend(|| Forks::start(begun))
                .map_err(|error| without_python(error, python))?;
            let (events, facts) = (forks.file("events"), forks.file("facts"));
            let come = || come(&events, &facts);
            let limits = limits(options, (&events, MOST_BYTES), &come, Stdin::Offered);
            let finished = forks.run(&order, &limits);
            let finished = match finished {
                Ok(finished) => finished,
                Err(error) => {
                    forks.spoil();
                    return Err(error);
                }
            };
            keeps = Box::new(forks);
            (events, facts, finished)
        }
        (order, _) => {
            let dir = scratch::folder().with_context(no_room)?;
            let (events, facts) = (dir.path().join("events"), dir.path().join("facts"));
            let mut command = begun(&dir)?;
            command.env(wire::EVENTS, &events);
            if let Some(order) = order {
                command.env(wire::ORDER, order);
            }
            let come = || come(&events, &facts);
            let limits = limits(options, (&events, MOST_BYTES), &come, Stdin::Offered);
            let finished =
                process::run(command, &limits).map_err(|error| without_python(error, python))?;
            keeps = Box::new(dir);
            (events, facts, finished)
        }
    };
    let silent = Written::at(&events).silent();
    let Some(facts) = Facts::of(&facts) else { bail!(not_begun(python, options, &finished)) };
    let mut facts = facts.context("the recorder's facts")?;
    if facts.ending == Told::Cut && matches!(finished.ending, Ending::Exit(_)) {
        bail!(process::not_whole(program, &events, &finished.stderr));
    }
    if options.order.is_some() && facts.class == Class::Order {
        let why = facts.notes.last().map_or("it needs the machine's clock", String::as_str);
        bail!("{}: no order can be chosen: {why}", program.path.display());
    }
    if facts.ending == Told::Becomes {
        facts.notes.push(process::BECOMES.to_owned());
    }
    let ending = match (facts.ending, finished.ending) {
        (Told::Stuck, Ending::Exit(_)) => Ending::Stuck,
        (Told::Flooded, Ending::Exit(_)) => Ending::Flooded,
        (_, ending) => ending,
    };
    let header = Header {
        format: FORMAT,
        program: program.name.clone(),
        language: Language::Python,
        runtime: format!("asyncio {}", facts.python),
        clock: if facts.class == Class::Order { Clock::Real } else { Clock::Virtual },
        workers: None,
        class: facts.class,
        notes: facts.notes,
        partial: facts.partial,
    };
    let names = Events::names(&events)?;
    let mut events = Events::open(&events)?;
    let events = Box::new(std::iter::from_fn(move || {
        // They are removed when the last event has been read.
        let _keeps = &keeps;
        events.next()
    }));
    // What reached the pipes went past the recorder: from other processes, say.
    let stderr = String::from_utf8_lossy(&finished.stdout).into_owned() + &finished.stderr;
    let choices = facts.choices.iter().map(|[of, took]| Choice { of: *of, took: *took }).collect();
    let overlap = facts.overlap;
    Ok(Session { header, names, ending, silent, stderr, choices, overlap, events })
}

/// What runs the script with its files in `dir`, but for the file of the events and
/// its order.
fn command(
    dir: &Folder,
    most_events: u64,
    python: &OsStr,
    program: &Program,
    options: &Options,
) -> Result<Command> {
    unpack(dir.path()).with_context(|| {
        format!("cannot unpack the Python recorder to {}", dir.path().display())
    })?;
    let mut command = Command::new(python);
    command
        .arg(dir.path().join("recorder"))
        .arg(&program.path)
        .args(&program.args)
        .env(FACTS, dir.path().join("facts"))
        .env(wire::MOST_EVENTS, most_events.to_string())
        .env(wire::REAL_TIME, if options.real_time { "1" } else { "" })
        .env(AWAITS, if options.awaits { "1" } else { "" })
        .env("TZ", "UTC")
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env_remove("PYTHONSTARTUP")
        .env_remove("PYTHONASYNCIODEBUG")
        .env_remove(wire::ORDER)
        .env_remove(wire::FORKS);
    Ok(command)
}

/// How far a run has come: it may have gone over to the machine's clock, where
/// getting on is no matter.
fn come(events: &Path, facts: &Path) -> u64 {
    match is_exact(facts) {
        true => Written::at(events).end,
        false => u64::MAX,
    }
}

/// What the recorder says besides the events; `python/context_switch/facts.py`.
#[derive(Deserialize)]
struct Facts {
    python: String,
    ending: Told,
    class: Class,
    notes: Vec<String>,
    partial: bool,
    overlap: bool,
    /// Of each choice how many ways there were, and which was taken: each has a line
    /// of its own.
    #[serde(skip)]
    choices: Vec<[usize; 2]>,
}

/// How a run ended, as the recorder tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Told {
    Exit,
    Stuck,
    Flooded,
    Cut,
    Becomes,
}

impl Facts {
    /// The last that stand in `file`; none where the recorder has not begun.
    fn of(file: &Path) -> Option<Result<Self>> {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        // Of a process that is killed the last line may be half written.
        let whole = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        let (choices, facts): (Vec<&str>, Vec<&str>) =
            whole.partition(|line| line.starts_with('['));
        let facts = serde_json::from_str(facts.last()?);
        let choices: serde_json::Result<_> =
            choices.into_iter().map(serde_json::from_str).collect();
        let both = facts.and_then(|facts: Facts| Ok(Facts { choices: choices?, ..facts }));
        Some(both.context("the recorder's facts"))
    }
}

/// Whether what is recorded is on virtual time, as far as the recorder has said.
fn is_exact(facts: &Path) -> bool {
    Facts::of(facts).is_none_or(|facts| facts.is_ok_and(|facts| facts.class == Class::Exact))
}

/// Why there are no facts: what was run is no Python, or one that cannot record.
fn not_begun(python: &OsStr, options: &Options, finished: &Finished) -> String {
    let python = python.display();
    let how = match finished.ending {
        Ending::Exit(status) => format!("ended with status {status}"),
        Ending::Signal(signal) => format!("was ended by signal {signal}"),
        _ => format!("was stopped after {:?}", options.timeout),
    };
    let why = match finished.stderr.trim() {
        "" => format!("is it Python 3.9 or later? {PYTHON} names another"),
        said => said.to_owned(),
    };
    format!("{python} {how} before it got as far as the script: {why}")
}

fn unpack(dir: &Path) -> Result<()> {
    for (name, text) in FILES {
        let file = dir.join("recorder").join(name);
        std::fs::create_dir_all(file.parent().expect("it was joined to a folder"))?;
        std::fs::write(&file, text)?;
    }
    Ok(())
}

fn without_python(error: anyhow::Error, python: &OsStr) -> anyhow::Error {
    let io = error.downcast_ref::<std::io::Error>();
    match io.map(std::io::Error::kind) {
        Some(ErrorKind::NotFound) => anyhow!(
            "there is no {}: install Python 3.9 or later, or name one in {PYTHON}",
            python.display()
        ),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variables_have_one_name_for_both_sides_and_stand_in_one_file() {
        let mut told = Vec::new();
        for (file, text) in FILES {
            match *file {
                "context_switch/wire.py" => {
                    told.extend(text.lines().filter_map(|line| line.split_once(" = ")));
                }
                _ => assert!(!text.contains("CONTEXT_SWITCH_"), "{file} names a variable"),
            }
        }
        let here = [
            ("EVENTS", wire::EVENTS),
            ("FACTS", FACTS),
            ("MOST_EVENTS", wire::MOST_EVENTS),
            ("REAL_TIME", wire::REAL_TIME),
            ("ORDER", wire::ORDER),
            ("AWAITS", AWAITS),
            ("FORKS", wire::FORKS),
        ];
        assert_eq!(told, here.map(|(name, value)| (name, &*format!("\"{value}\"").leak())));
    }

    #[test]
    fn a_flood_is_stopped_and_what_came_before_is_kept() {
        if Command::new(interpreter()).arg("--version").output().is_err() {
            assert!(!crate::required::everything_required(), "no Python, and all must be tested");
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("flood.py");
        std::fs::write(&path, "while True: print('x')\n").unwrap();
        let program = Program::at(&path).unwrap();
        let session =
            start_within(1000, &interpreter(), &program, &Options::default(), None).unwrap();
        assert_eq!(session.ending, Ending::Flooded);
        assert_eq!(session.into_recording().unwrap().events.len(), 1000);
    }
}
