//! `trace`: records one program, tokio or asyncio, and shows its context
//! switches. The installed command has it, and so has the book's own.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`ending`] | how a command ends, by itself or interrupted |
//! | [`format`](mod@format) | the formats |
//! | [`how`] | how a run is to be shown |
//! | `reason` | why a program did not end well |
//! | [`show`] | a run in one of the formats |
//! | [`page`] | a run as a page of its own, for `--open` |
//! | [`report`] | kinds of findings that fail the command, and formats for CI |
//! | `package` | `--package`: a program of a cargo package |
//! | [`several`] | `--workers` and `--runs`: several threads, several runs |
//! | `orders` | `--orders` and `--order`: every order, and one of them |
//! | [`browser`] | opening a page, where somebody sits in front of it |
//! | [`progress`] | how far it is |
//! | [`say`] | stderr, where nobody may listen |
//!
//! The result goes to stdout, what else there is to say to stderr. A program
//! that fails, hangs or never ends is shown as far as it came, and the command
//! fails.

#[macro_use]
pub mod say;

pub mod browser;
pub mod ending;
pub mod format;
pub mod how;
pub mod orders;
mod package;
pub mod page;
pub mod progress;
mod reason;
pub mod report;
pub mod several;
pub mod show;

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use recorder::program::{Options as RunOptions, Program};
use recorder::rust::{self, Compiled, NotCompiled};
use recording::event::Language;
use recording::exercise::Exercise;
use recording::listing::is_async;
use recording::part::Window;
use recording::session::{Ended, Ending};

pub use format::Format;

/// What is to be traced, and how it is shown.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// A program of a single file: .rs (tokio) or .py (asyncio)
    #[arg(value_name = "FILE", required_unless_present = "package")]
    pub file: Option<PathBuf>,
    /// How to show it; text in a terminal and mermaid elsewhere, if not said
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Show it in the browser, as a page that needs nothing else
    #[arg(long, conflicts_with = "format")]
    pub open: bool,
    /// Show nothing before: 1.5s, 320ms, 50us
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub from: Option<u64>,
    /// Show nothing after
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub until: Option<u64>,
    /// Show only these tasks: foo is all that are called so, `foo #2` one of them
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub tasks: Vec<String>,
    /// With each suspension the chain of awaits that the task stands in, down to the leaf
    #[arg(long, conflicts_with_all = ["runs", "orders"])]
    pub awaits: bool,
    /// Fail when the run has one of these: deadlock, held, forgotten, … or any
    #[arg(
        long,
        value_name = "KINDS",
        value_delimiter = ',',
        value_parser = report::kinds,
        conflicts_with_all = ["runs", "orders"]
    )]
    pub fail_on: Vec<report::Kinds>,
    /// For a page of the book: a file that says what it has to be, see
    /// [`recording::exercise`]
    #[arg(long, value_name = "FILE", hide = true)]
    pub exercise: Option<PathBuf>,
    #[command(flatten, next_help_heading = "How it is run")]
    several: several::Several,
    /// Run on the machine's clock instead of on virtual time
    #[arg(long)]
    pub real_time: bool,
    #[command(flatten)]
    orders: orders::Orders,
    /// Stop it after this long, compiling not counted; if not said, after 30 s, or on
    /// virtual time after 30 s without anything new
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub timeout: Option<Duration>,
    /// After `--`: what the program is called with; of tests, which to run
    #[arg(last = true, value_name = "ARGUMENTS")]
    pub args: Vec<OsString>,
    #[command(flatten, next_help_heading = "A program of a package")]
    package: package::Package,
}

impl Options {
    /// Whether something has to be compiled for it.
    pub fn is_compiled(&self) -> bool {
        let is_script = |file: &PathBuf| file.extension().is_some_and(|it| it == "py");
        !self.file.as_ref().is_some_and(is_script)
    }
}

/// What follows the help of the command `trace`; `CALL` is how it is called.
const EXAMPLES: &str = "\
Examples:
  CALL trace my_program.rs
  CALL trace my_script.py --format mermaid
  CALL trace my_program.rs --open
  CALL trace my_program.rs --format text --from 1.5s --until 2s --tasks main,foo
  CALL trace my_program.rs --format chrome > my_program.json
  CALL trace my_program.rs --runs 100
  CALL trace my_program.rs --workers 4
  CALL trace my_program.rs --orders
  CALL trace my_program.rs --order 5f2a90c1-3.1 --open
  CALL trace --package my_package --bin server
  CALL trace --package my_package --test api --features mock -- times_out
  CALL trace my_program.rs --format junit --fail-on deadlock,held,forgotten

A Rust program may use std, tokio (with all its features), futures, timed, what goes
with tokio most (tokio_util, tokio_stream, futures_util, anyhow, bytes, rand, …), and the
crates that it names itself, at its top, between two lines `---`, as `[dependencies]`;
a script whatever its python3 has. Both run on virtual time, so a sleep of an hour
takes no time. What is wrong with the run comes first. `--format mermaid` prints a
sequence diagram for mermaid.live or for a code block of a README on GitHub;
chrome what ui.perfetto.dev opens; jsonl the recording itself, one event a line.";

/// `trace` as a part of the command line of a program that is called so.
pub fn command(trace: clap::Command, call: &str) -> clap::Command {
    trace.after_help(EXAMPLES.replace("CALL", call))
}

/// A time since the start, in microseconds: `1.5s`, `320ms`, `50us`, `2` (seconds).
fn time(text: &str) -> Result<u64> {
    let units = [("ms", 1e3), ("us", 1.0), ("µs", 1.0), ("s", 1e6), ("", 1e6)];
    let (number, unit) = units
        .iter()
        .find_map(|(unit, us)| Some((text.trim().strip_suffix(unit)?.trim_end(), us)))
        .context("not a time")?;
    let number: f64 = number.parse().context("not a time: write 1.5s, 320ms or 50us")?;
    ensure!(number >= 0.0 && number.is_finite(), "not a time: it is less than nothing or endless");
    Ok((number * unit).round() as u64)
}

fn seconds(text: &str) -> Result<Duration> {
    let seconds: f64 = text.parse().context("not a number of seconds")?;
    ensure!(seconds > 0.0, "not more than 0 seconds");
    Duration::try_from_secs_f64(seconds).context("too many seconds")
}

/// Runs the command.
///
/// # Errors
///
/// When the file cannot be recorded, and when its program fails or does not
/// end; what it did until then is on stdout.
pub fn trace(options: &Options) -> Result<()> {
    let traced = record(options);
    if options.format == Some(Format::Player)
        && let Err(error) = &traced
        && let Some(NotCompiled { may_use: Some(hint), .. }) = error.downcast_ref()
    {
        println!("{}", serde_json::json!({ "hint": hint }));
    }
    traced
}

fn record(options: &Options) -> Result<()> {
    let mut compiled = options.package.compile()?;
    let (mut program, text) = match (&options.file, &compiled) {
        (_, Some(compiled)) => (compiled.program.clone(), compiled.text.clone()),
        (Some(file), None) => {
            let (program, text) = single(file)?;
            compiled = with_crates(&program)?;
            let text = compiled.as_ref().map_or(text, |compiled| compiled.text.clone());
            (program, text)
        }
        (None, None) => bail!("name a file, or a folder with --package"),
    };
    program.args.clone_from(&options.args);
    if let Some(compiled) = &mut compiled {
        compiled.program.args.clone_from(&options.args);
    }
    let file = &program.path;
    let is_for_a_page = options.format == Some(Format::Player);
    if compiled.is_none() && program.language == Language::Rust && !is_for_a_page {
        eprintln!("compiling {}", file.display());
    }
    let (order, wide) = options.orders.one(program.language)?;
    let run = RunOptions {
        real_time: options.real_time,
        workers: options.several.workers(&program)?,
        order,
        wide,
        awaits: options.awaits,
        ..options.timeout.map_or_else(RunOptions::default, RunOptions::within)
    };
    if let Some(most) = options.orders.most() {
        let compiled = match compiled {
            None if program.language == Language::Rust => {
                rust::compile(std::slice::from_ref(&program))?.pop()
            }
            compiled => compiled,
        };
        return match orders::trace(&program, compiled.as_ref(), &text, &run, most, options.format) {
            Err(error) if is_closed(&error) => Ok(()),
            traced => traced,
        };
    }
    recorder::process::input::offer();
    if let Some(runs) = options.several.runs {
        let command: Box<dyn Fn() -> Command> = match compiled {
            Some(compiled) => Box::new(move || compiled.plain(run.workers)),
            None => recorder::orders::plain(&program, run.workers)?,
        };
        return match several::trace(&program, &*command, &run, runs, options.format) {
            Err(error) if is_closed(&error) => Ok(()),
            traced => traced,
        };
    }
    let session = match &compiled {
        Some(compiled) => compiled.start(&run)?,
        None => recorder::record(&program, &run)?,
    };
    options.orders.check(&text, &session)?;
    for note in &session.header.notes {
        eprintln!("note: {note}");
    }
    if !session.stderr.trim().is_empty() {
        eprintln!("{}", session.stderr.trim_end());
    }
    let ending = session.ending.clone();
    let ended = reason::reason(&ending, &run, session.header.clock);
    let (session, far) = session.measured();
    let how = how::How {
        format: options.format,
        open: options.open,
        window: Window { from: options.from, until: options.until, tasks: options.tasks.clone() },
        ended: ended.clone(),
        fail_on: options.fail_on.clone(),
        exercise: options.exercise.as_deref().map(exercise).transpose()?,
        path: file.clone(),
    };
    let found = match show::show(session, &how, &text) {
        Err(error) if is_closed(&error) => Vec::new(),
        shown => shown?,
    };
    if is_for_a_page {
        // How it ended is in what was shown.
        return Ok(());
    }
    let file = file.display();
    match (ended, ending) {
        (None, _) => match report::failing(&options.fail_on, &found) {
            Some(found) => bail!("{file}: {found} (see --fail-on)"),
            None => Ok(()),
        },
        (Some(Ended { says, .. }), Ending::TimedOut) => {
            bail!("{file}: {says} (see --timeout); {}", far.words())
        }
        (Some(Ended { says, .. }), Ending::Flooded) => bail!("{file}: {says}; {}", far.words()),
        (Some(Ended { says, .. }), _) => bail!("{file}: {says}"),
    }
}

/// The program compiled with the crates that it uses; none where tokio is enough.
fn with_crates(program: &Program) -> Result<Option<Compiled>> {
    if program.language != Language::Rust {
        return Ok(None);
    }
    let wrapper = std::env::current_exe().context("cannot find this program itself")?;
    rust::single::compile(program, &wrapper)
}

/// What a program has to be, in a file of JSON.
fn exercise(file: &Path) -> Result<Exercise> {
    let json = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_slice(&json).with_context(|| format!("{} is no exercise", file.display()))
}

/// The program in `file`, and its text.
fn single(file: &Path) -> Result<(Program, String)> {
    let mut program = Program::at(file)?;
    let text = source(&program)?;
    // Every `main.rs` is called after its folder.
    if program.name == "main"
        && let Some(folder) = fs::canonicalize(file)?.parent().and_then(Path::file_name)
    {
        program.name = folder.to_string_lossy().into_owned();
    }
    Ok((program, text))
}

/// The text of a program; what has nothing to record is refused before it is
/// compiled and run.
fn source(program: &Program) -> Result<String> {
    let path = program.path.display();
    let bytes = fs::read(&program.path).with_context(|| format!("cannot read {path}"))?;
    let source = match String::from_utf8(bytes) {
        Ok(source) => source,
        // Each byte is the letter of the same number.
        Err(other) if program.language == Language::Python && is_latin_1(other.as_bytes()) => {
            other.into_bytes().into_iter().map(char::from).collect()
        }
        Err(_) => bail!("{path} is not a text"),
    };
    ensure!(!source.trim().is_empty(), "{path} is empty");
    // A script may get there through a library, with no word of it: that is seen when
    // it runs.
    ensure!(
        program.language == Language::Python || is_async(&source),
        "{path} has nothing asynchronous in it: no `async` anywhere"
    );
    Ok(source)
}

/// Whether one of the first two lines of a script says so (PEP 263).
fn is_latin_1(script: &[u8]) -> bool {
    let names = ["latin-1", "latin1", "latin_1", "iso-8859-1", "iso8859-1", "iso_8859_1"];
    script.split(|byte| *byte == b'\n').take(2).any(|line| {
        let line = String::from_utf8_lossy(line).to_lowercase();
        let coding = line.trim_start().strip_prefix('#').and_then(|line| line.split_once("coding"));
        let name = coding.and_then(|(_, name)| name.strip_prefix([':', '=']));
        let end = |c: char| !(c.is_alphanumeric() || "-_.".contains(c));
        name.is_some_and(|name| {
            names.contains(&name.trim_start().split(end).next().unwrap_or_default())
        })
    })
}

/// Whether the reader of stdout has had enough, as `head` may have.
fn is_closed(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    let json = error.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
    io.or(json) == Some(ErrorKind::BrokenPipe)
}
