//! `trace`: records one program, tokio or asyncio, and shows its context
//! switches.
//!
//! The result goes to stdout, what else there is to say to stderr. A program
//! that fails, hangs or never ends is shown as far as it came, and the command
//! fails.

use std::fs;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use recorder::draw::{self, Scene, story};
use recorder::event::{Language, Recording};
use recorder::listing::is_async;
use recorder::session::{Ending, Options as RunOptions, Program, Session};
use recorder::{check, python, rust};

mod several;

/// What is to be traced, and how it is shown.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo run -- trace examples/v5/main.rs
  cargo run -- trace my_script.py --format mermaid
  cargo run -- trace my_program.rs --format jsonl > my_program.jsonl

A Rust program may use std, tokio (with all its features), futures and timed; a
script whatever its python3 has. Both run on virtual time, so a sleep of an hour
takes no time. `--format mermaid` prints a sequence diagram for mermaid.live or
for a code block of a README on GitHub; jsonl prints the recording itself, one
event a line.")]
pub struct Options {
    /// A program of a single file: .rs (tokio) or .py (asyncio)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// How to show it; text in a terminal and mermaid elsewhere, if not said
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Run on the machine's clock instead of on virtual time
    #[arg(long)]
    pub real_time: bool,
    #[command(flatten)]
    several: several::Several,
    /// Stop it after this long, compiling not counted
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub timeout: Duration,
}

/// How a trace is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A sequence diagram
    Mermaid,
    /// A table for the terminal
    Text,
    /// The recording itself, one JSON object a line
    Jsonl,
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
    let file = &options.file;
    let program = Program::at(file)?;
    has_async(file)?;
    let run = RunOptions {
        real_time: options.real_time,
        workers: options.several.workers(&program)?,
        timeout: options.timeout,
    };
    if let Some(runs) = options.several.runs {
        return several::trace(&program, &run, runs, options.format);
    }
    let session = match program.language {
        Language::Rust => {
            eprintln!("compiling {}", file.display());
            rust::start(&program, &run)?
        }
        Language::Python => python::start(&program, &run)?,
    };
    for note in &session.header.notes {
        eprintln!("note: {note}");
    }
    if !session.stderr.trim().is_empty() {
        eprintln!("{}", session.stderr.trim_end());
    }
    let ending = session.ending.clone();
    let stdout = std::io::stdout();
    let format = match options.format {
        Some(format) => format,
        None if stdout.is_terminal() => Format::Text,
        None => Format::Mermaid,
    };
    match show(session, format, options.timeout, stdout.lock()) {
        Err(error) if is_closed(&error) => {}
        shown => shown?,
    }
    match reason(&ending, options.timeout) {
        None => Ok(()),
        Some(reason) => bail!("{}: {reason}", file.display()),
    }
}

/// Refuses what has nothing to record, before it is compiled and run.
fn has_async(file: &Path) -> Result<()> {
    let path = file.display();
    let bytes = fs::read(file).with_context(|| format!("cannot read {path}"))?;
    let Ok(source) = String::from_utf8(bytes) else { bail!("{path} is not a text") };
    ensure!(!source.trim().is_empty(), "{path} is empty");
    ensure!(is_async(&source), "{path} has nothing asynchronous in it: no `async` anywhere");
    Ok(())
}

/// Writes what `session` recorded to `out`; of a program that did not even
/// start there is nothing to show.
fn show(session: Session, format: Format, timeout: Duration, mut out: impl Write) -> Result<()> {
    let ending = session.ending.clone();
    if format == Format::Jsonl {
        let Session { header, events, .. } = session;
        Recording { header, events: Vec::new() }.write(&mut out)?;
        for event in events {
            serde_json::to_writer(&mut out, &event?)?;
            out.write_all(b"\n")?;
        }
        return Ok(out.flush()?);
    }
    let recording = session.into_recording()?;
    if recording.events.is_empty() && ending != Ending::Exit(0) {
        return Ok(());
    }
    if ending.is_complete()
        && let Err(broken) = check::check(&recording.events)
    {
        eprintln!("warning: this recording cannot be quite right: {broken}");
    }
    let mut cut = reason(&ending, timeout).filter(|_| !ending.is_complete());
    if ending == Ending::Stuck {
        let waiting = story::waiting(&recording);
        eprintln!("{waiting}");
        cut = Some(format!("stuck, {waiting}"));
    }
    let scene = Scene { cut: cut.as_deref(), ..Scene::new(&recording) };
    let drawn = match format {
        Format::Text => draw::text(&scene),
        _ => draw::mermaid(&scene),
    };
    out.write_all(drawn.as_bytes())?;
    Ok(out.flush()?)
}

/// Why a program did not end well, if it did not.
pub(crate) fn reason(ending: &Ending, timeout: Duration) -> Option<String> {
    Some(match ending {
        Ending::Exit(0) => return None,
        Ending::Exit(status) => format!("it ended with status {status}"),
        Ending::Signal(signal) => format!("it was ended by signal {signal}"),
        Ending::Stuck => "it is stuck: nothing is left that could wake anybody".to_owned(),
        Ending::TimedOut => {
            let timeout = draw::words::duration(timeout.as_micros() as u64);
            format!("stopped after {timeout} (see --timeout)")
        }
        Ending::Flooded => "stopped, it has more events than a recording may have".to_owned(),
    })
}

/// Whether the reader of stdout has had enough, as `head` may have.
fn is_closed(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    let json = error.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
    io.or(json) == Some(ErrorKind::BrokenPipe)
}
