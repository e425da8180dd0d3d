//! What programs are run on: each Python that is here, event loops besides
//! asyncio's own, and several versions of tokio. What has to come from a registry
//! is pinned, and installed into `target/matrix`.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fmt::{self, Write as _};
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, bail, ensure};
use pages::library::Book;
use recorder::parallel::{side_by_side, so_many_at_once};
use recorder::program::Options as RunOptions;
use recorder::python::found::{Interpreter, found};
use recorder::rust::project;
use recorder::{orders, process, python, rust};
use recording::event::Language;

use super::rows::{Cell, Subject};
use trace::progress::after_a_second;

/// Loops that are made to stand in for asyncio's: the package that has each, and
/// its version.
const LOOPS: [(&str, &str); 2] = [("uvloop", "0.22.1"), ("rloop", "0.5.0")];

/// Versions of tokio besides the book's: the oldest that can be recorded, and
/// those with long support.
const TOKIOS: [&str; 4] = ["1.38.2", "1.43.4", "1.47.3", "1.52.3"];

/// How often a program that was made for this is run as it is: its output may be
/// another one each time.
const RUNS: NonZeroUsize = NonZeroUsize::new(5).unwrap();

/// How many programs run at once where a run is mostly sleep.
const SLEEPERS: usize = 8;

/// What is said of a command that somebody has ended.
pub const INTERRUPTED: &str = "interrupted: nothing was written";

/// Runs a script on another loop than asyncio's.
const ON_LOOP: &str = "import asyncio, runpy, sys, warnings
warnings.simplefilter('ignore')
loop = __import__(sys.argv[1])
asyncio.set_event_loop_policy(loop.EventLoopPolicy())
sys.argv[:] = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name='__main__')";

/// Something that programs are run on.
pub enum Column {
    /// A Python; what runs on it is recorded.
    Python(Interpreter),
    /// A loop in the place of asyncio's; what runs on it is run as it is.
    Loop {
        /// Its package, and the version.
        package: (&'static str, &'static str),
        /// A Python that has it.
        python: Interpreter,
    },
    /// A version of tokio; what runs on it is recorded.
    Tokio {
        /// The version.
        version: String,
        /// The programs, or why they do not compile with it.
        programs: HashMap<String, Result<rust::Compiled>>,
    },
}

impl Column {
    /// What it is called: `CPython 3.11.7`.
    pub fn name(&self) -> String {
        let cpython = |python: &Interpreter| {
            let (major, minor, patch) = python.version;
            format!("CPython {major}.{minor}.{patch}")
        };
        match self {
            Column::Python(python) => cpython(python),
            Column::Loop { package: (name, version), python } => {
                format!("{name} {version} on {}", cpython(python))
            }
            Column::Tokio { version, .. } => format!("tokio {version}"),
        }
    }

    /// Whether it can run such a program at all.
    pub fn is_for(&self, subject: &Subject) -> bool {
        let needs = subject.needs().unwrap_or((0, 0));
        let is_python = subject.program.language == Language::Python;
        match self {
            Column::Python(Interpreter { version, .. })
            | Column::Loop { python: Interpreter { version, .. }, .. } => {
                is_python && (version.0, version.1) >= needs
            }
            // Without tokio there is no version of it to run on.
            Column::Tokio { .. } => !is_python && subject.text.contains("tokio"),
        }
    }

    /// Runs a program.
    ///
    /// # Errors
    ///
    /// When it cannot be run. That it fails is none.
    pub fn run(&self, subject: &Subject) -> Result<Cell> {
        ensure!(!process::is_interrupted(), INTERRUPTED);
        let program = &subject.program;
        let options = RunOptions::default();
        let session = match self {
            Column::Loop { package, python } => {
                let command = || {
                    let mut command = Command::new(&python.command);
                    command.args(["-u", "-c", ON_LOOP, package.0]).arg(&program.path);
                    command
                };
                let runs = if subject.is_own { RUNS } else { NonZeroUsize::MIN };
                let ran = orders::orders(&command, options.timeout, runs, |_| {})?;
                return Cell::plain(&ran);
            }
            Column::Python(interpreter) => {
                python::start_with(&interpreter.command, program, &options)?
            }
            Column::Tokio { programs, .. } => match programs.get(&program.name) {
                Some(Ok(compiled)) => compiled.start(&options)?,
                Some(Err(why)) => bail!("{why:#}"),
                None => bail!("it was not compiled"),
            },
        };
        let (ending, stderr) = (session.ending.clone(), session.stderr.clone());
        Ok(Cell::recorded(session.into_recording()?, ending, &stderr))
    }
}

/// What programs could not be run on.
pub struct Missing {
    /// The language of those that could not.
    pub language: Language,
    /// What it is called, as a column is.
    pub name: String,
    /// Why there is none, in one line.
    pub why: String,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Missing { language: _, name, why } = self;
        write!(f, "{name} ({why})")
    }
}

/// All that are here or can be had, and what is missing.
///
/// # Errors
///
/// When a Python that was asked for is none.
pub fn all(
    book: &Book,
    subjects: &[Subject],
    with: &[OsString],
    offline: bool,
) -> Result<(Vec<Column>, Vec<Missing>)> {
    let root = book.root.as_path();
    let mut missing = Vec::new();
    let mut miss = |language, name: String, why: anyhow::Error| {
        missing.push(Missing { language, name, why: format!("{why:#}") });
    };
    let mut columns: Vec<Column> = Vec::new();
    let has = |language| subjects.iter().any(|subject| subject.program.language == language);
    if has(Language::Python) {
        for python in with {
            ensure!(
                Interpreter::at(python.clone()).is_some(),
                "{} is no Python that can be recorded: 3.9 to 3.14 can",
                python.display()
            );
        }
        let pythons = found(with.iter().cloned());
        let newest = pythons.last().cloned();
        columns.extend(pythons.into_iter().map(Column::Python));
        for package in LOOPS {
            let Some(newest) = &newest else { continue };
            match install(root, package, newest, offline) {
                Ok(python) => columns.push(Column::Loop { package, python }),
                Err(why) => {
                    miss(Language::Python, format!("{} {}", package.0, package.1), why);
                }
            }
            ensure!(!process::is_interrupted(), INTERRUPTED);
        }
    }
    if has(Language::Rust) {
        let own = book.recording("v5", Language::Rust);
        let own = own.map_or("", |recording| recording.header.version()).to_owned();
        let others = TOKIOS.into_iter().map(str::to_owned).chain([own]);
        for version in others {
            match compile(root, &version, subjects, offline) {
                Ok(programs) => columns.push(Column::Tokio { version, programs }),
                Err(why) => miss(Language::Rust, format!("tokio {version}"), why),
            }
            ensure!(!process::is_interrupted(), INTERRUPTED);
        }
    }
    Ok((columns, missing))
}

/// Where what is installed or generated lies.
fn folder(root: &Path, name: &str) -> PathBuf {
    root.join("target/matrix").join(name)
}

/// A Python of its own that has this loop.
fn install(
    root: &Path,
    package: (&str, &str),
    python: &Interpreter,
    offline: bool,
) -> Result<Interpreter> {
    let (name, version) = package;
    let (major, minor, patch) = python.version;
    let folder = folder(root, &format!("{name}-{version}-python-{major}.{minor}.{patch}"));
    let command = folder.join("bin/python");
    let has = |command: &Path| {
        let asks = format!("import {name}");
        let asked = Command::new(command).args(["-c", &asks]).output();
        asked.is_ok_and(|output| output.status.success())
    };
    if !has(&command) {
        ensure!(!offline, "it is not installed");
        let venv =
            Command::new(&python.command).args(["-m", "venv", "--clear"]).arg(&folder).output();
        went_well(venv.context("cannot start Python")?)?;
        let which = format!("{name}=={version}");
        let mut pip = Command::new(&command);
        pip.args(["-m", "pip", "install", "--quiet", "--only-binary", ":all:", &which]);
        let installed = after_a_second(&format!("installing {which}"), || pip.output());
        went_well(installed.context("cannot start pip")?)?;
        ensure!(has(&command), "it is installed, and cannot be imported");
    }
    Ok(Interpreter { command: command.into_os_string(), version: python.version })
}

/// What a command says that failed.
fn went_well(output: Output) -> Result<()> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let error = said.lines().find(|line| line.to_lowercase().starts_with("error"));
    bail!("{}", error.or(said.lines().last()).unwrap_or("it failed, and says nothing").trim())
}

/// The programs, compiled with this version of tokio.
fn compile(
    root: &Path,
    version: &str,
    subjects: &[Subject],
    offline: bool,
) -> Result<HashMap<String, Result<rust::Compiled>>> {
    let name = format!("tokio-{version}");
    let folder = folder(root, &name);
    let mut manifest = format!(
        "# Generated by `matrix`; changes are overwritten.\n[package]\nname = \"{}\"\n\
         version = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         futures = \"0.3\"\ntimed = {{ path = \"timed\" }}\n\
         tokio = {{ version = \"={version}\", features = [\"full\"] }}\n\n[workspace]\n\n\
         # A hundred executables, each compiled once.\n[profile.dev]\n\
         debug = \"line-tables-only\"\nincremental = false\n",
        name.replace('.', "-")
    );
    for Subject { program, .. } in
        subjects.iter().filter(|subject| subject.program.language == Language::Rust)
    {
        let path = toml::Value::from(program.path.to_str().context("a path that is no UTF-8")?);
        let _ = write!(manifest, "\n[[example]]\nname = \"{}\"\npath = {path}\n", program.name);
    }
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), "")?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    rust::package::write_timed(&folder)?;
    let mut lock = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    lock.arg("fetch").args(offline.then_some("--offline"));
    lock.arg("--manifest-path").arg(folder.join("Cargo.toml"));
    went_well(lock.output().context("cannot start cargo")?)?;
    let wrapper = std::env::current_exe().context("where this program lies")?;
    let compile = || project::examples(&folder, &wrapper);
    let compiled = after_a_second(&format!("compiling the programs with tokio {version}"), compile);
    Ok(compiled?.into_iter().collect())
}

/// The answers of `run` to `jobs`, each a program's number and a column's: as many
/// at a time as there are processors, and more of those that sleep for real.
pub fn together<R: Send>(
    columns: &[Column],
    jobs: &[(usize, usize)],
    run: impl Fn((usize, usize)) -> R + Sync,
) -> HashMap<(usize, usize), R> {
    let (sleep, work): (Vec<(usize, usize)>, Vec<_>) = jobs
        .iter()
        .copied()
        .partition(|(_, column)| matches!(columns[*column], Column::Loop { .. }));
    let answers = side_by_side(&work, |job| run(*job));
    let slept = so_many_at_once(SLEEPERS, &sleep, |job| run(*job));
    work.into_iter().zip(answers).chain(sleep.into_iter().zip(slept)).collect()
}
