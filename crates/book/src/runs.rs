//! Many programs recorded: what needs compiling is compiled in one go, and as
//! many run at a time as the machine has processors.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use pages::regions::View;
use recorder::everything_required;
use recorder::parallel::side_by_side;
use recorder::program::{Options, Program};
use recorder::{process, python, rust};
use recording::check;
use recording::event::{Class, Language, Recording};
use recording::listing::{is_one_of_several, needs_python};
use recording::session::Ending;
use recording::session::Session;

use trace::orders::told;
use trace::progress::{Progress, after_a_second};
use trace::several::seen;

/// What came of a program that was to be recorded.
pub enum Outcome {
    /// It was run to its end; or it failed, or could not be run.
    Ran(Result<Recording>),
    /// This machine lacks what it needs, and may.
    Skipped(String),
}

/// Something that records programs.
pub trait Runner {
    /// Records `programs`; an outcome for each, in their order.
    fn run(&self, programs: &[Program]) -> Vec<Outcome>;

    /// What each of `programs` prints in many runs: in every order that it can have, as
    /// `trace --orders` tells it, or so often as `trace --runs`; nothing where this
    /// machine lacks what it needs. The views are of many runs.
    fn many(&self, programs: &[(Program, View)]) -> Vec<Result<Option<String>>> {
        programs.iter().map(|_| Ok(None)).collect()
    }
}

/// The recorders of both languages.
#[derive(Clone, Debug, Default)]
pub struct Recorders {
    /// How the programs are run.
    pub options: Options,
    /// Whether stderr says how far it is, once that takes longer.
    pub says_progress: bool,
}

impl Runner for Recorders {
    fn run(&self, programs: &[Program]) -> Vec<Outcome> {
        let rust = |program: &&Program| program.language == Language::Rust;
        let compile = || Compiled::all(programs.iter().filter(rust).cloned().collect());
        let compiled = match self.says_progress {
            true => after_a_second(compiling(), compile),
            false => compile(),
        };
        let python = Python::here();
        let progress = self.says_progress.then(|| Progress::of(programs.len(), "recorded"));
        side_by_side(programs, |program| {
            if process::is_interrupted() {
                return Outcome::Ran(Err(anyhow!("interrupted")));
            }
            let session = match program.language {
                Language::Rust => compiled.start(program, &self.options),
                Language::Python => match python.cannot_run(&program.path) {
                    Some(why) => return Outcome::Skipped(why),
                    None => python::start(program, &self.options),
                },
            };
            let recording = session.and_then(complete);
            if let Some(progress) = &progress {
                progress.step();
            }
            Outcome::Ran(recording.and_then(|recording| classed(program, recording)))
        })
    }

    fn many(&self, programs: &[(Program, View)]) -> Vec<Result<Option<String>>> {
        let python = Python::here();
        let of = |(program, view): &(Program, View)| {
            let is_python = program.language == Language::Python;
            if is_python && python.cannot_run(&program.path).is_some() {
                return Ok(None);
            }
            let wide = *view == View::WideOrders;
            let told = || match view {
                View::Seen | View::SeenOnWorkers => seen(program, *view == View::SeenOnWorkers),
                _ if is_python => told(program, None, &fs::read_to_string(&program.path)?, wide),
                _ => {
                    let compiled = rust::compile(std::slice::from_ref(program))?;
                    told(program, compiled.first(), &compiled[0].text, wide)
                }
            };
            match self.says_progress {
                true => after_a_second(&format!("running {} many times", program.name), told),
                false => told(),
            }
            .map(Some)
        };
        // Each has all processors for its runs.
        programs.iter().map(of).collect()
    }
}

/// What is being compiled for recording.
fn compiling() -> &'static str {
    match rust::package::is_prepared() {
        true => "compiling what is recorded",
        false => "compiling tokio for recording, once",
    }
}

/// The recording with the class that its program claims, if it claims one.
fn classed(program: &Program, mut recording: Recording) -> Result<Recording> {
    if is_one_of_several(&fs::read_to_string(&program.path)?) {
        recording.header.class = Class::Seen;
    }
    Ok(recording)
}

/// The Rust programs, compiled in one go if all of them compile.
struct Compiled(HashMap<PathBuf, rust::Compiled>);

impl Compiled {
    fn all(programs: Vec<Program>) -> Self {
        // If one does not compile, each is compiled by itself and says so itself.
        let compiled = rust::compile(&programs).unwrap_or_default();
        Compiled(compiled.into_iter().map(|one| (one.program.path.clone(), one)).collect())
    }

    fn start(&self, program: &Program, options: &Options) -> Result<Session> {
        match self.0.get(&program.path) {
            Some(compiled) => compiled.start(options),
            None => rust::start(program, options),
        }
    }
}

/// The Python of this machine.
pub struct Python {
    command: OsString,
    /// Why no script can be run with it, if none can.
    missing: Option<String>,
    /// Its version, major and minor, if it said so and may be too old.
    version: Option<(u32, u32)>,
}

impl Python {
    /// The one that scripts are recorded with.
    pub fn here() -> Self {
        let command = python::interpreter();
        let found = Command::new(&command).arg("--version").output();
        let missing = match &found {
            Err(error) if error.kind() == ErrorKind::NotFound && !everything_required() => {
                Some(format!("there is no {} here", command.display()))
            }
            _ => None,
        };
        let said = found.map(|found| String::from_utf8_lossy(&found.stdout).into_owned());
        let version = said.ok().filter(|_| !everything_required()).and_then(|said| {
            let mut numbers = said.trim().strip_prefix("Python ")?.split('.');
            Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
        });
        Python { command, missing, version }
    }

    /// Why it cannot run this script; nothing if it can, or must.
    pub fn cannot_run(&self, script: &Path) -> Option<String> {
        if self.missing.is_some() {
            return self.missing.clone();
        }
        let needs = needs_python(&fs::read_to_string(script).ok()?)?;
        let (major, minor) = self.version.filter(|version| *version < needs)?;
        let command = self.command.display();
        Some(format!("it needs Python {}.{}, and {command} is {major}.{minor}", needs.0, needs.1))
    }
}

/// Why no script can be run here; nothing if one can, or must be.
pub fn without_python() -> Option<String> {
    Python::here().missing
}

/// All of a run that went well; a run that failed is never recorded.
///
/// # Errors
///
/// How the run failed, with what it wrote to stderr, or the rule that its
/// events break.
pub fn complete(session: Session) -> Result<Recording> {
    if session.ending != Ending::Exit(0) {
        let mut ended = session.ending.words(None);
        let said = session.stderr.clone();
        if matches!(session.ending, Ending::TimedOut | Ending::Flooded) {
            let (session, far) = session.measured();
            session.events.for_each(drop);
            ended += &format!("; {}", far.words());
        }
        match said.trim() {
            "" => bail!("the program {ended}"),
            said => bail!("the program {ended}\n{said}"),
        }
    }
    let recording = session.into_recording()?;
    check::check(&recording.events).context("the recording breaks a rule")?;
    Ok(recording)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_that_needs_a_newer_python_is_told_from_one_that_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let script = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path
        };
        let new = script("new.py", "\"\"\"A group. Needs Python 3.11.\"\"\"\n");
        let any = script("any.py", "\"\"\"A task.\"\"\"\n");
        let python = |version| Python { command: "py".into(), missing: None, version };
        let why = python(Some((3, 9))).cannot_run(&new);
        assert_eq!(why.as_deref(), Some("it needs Python 3.11, and py is 3.9"));
        assert_eq!(python(Some((3, 9))).cannot_run(&any), None);
        assert_eq!(python(Some((3, 11))).cannot_run(&new), None);
        assert_eq!(python(None).cannot_run(&new), None);
        let none = Python { missing: Some("none".into()), ..python(None) };
        assert_eq!(none.cannot_run(&any).as_deref(), Some("none"));
    }
}
