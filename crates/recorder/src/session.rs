//! One recorded run of a program: what was asked for, and what came of it.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::event::{Event, Header, Language, Recording};

/// A program of a single file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// What views call it.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// What it is written in.
    pub language: Language,
}

impl Program {
    /// The program in `path`, its language told by the extension, its name by
    /// the stem.
    ///
    /// # Errors
    ///
    /// When the extension is neither `rs` nor `py`.
    pub fn at(path: &Path) -> Result<Self> {
        let language = match path.extension().and_then(|e| e.to_str()) {
            Some("rs") => Language::Rust,
            Some("py") => Language::Python,
            _ => bail!("{}: neither a Rust (.rs) nor a Python (.py) file", path.display()),
        };
        let name = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .with_context(|| format!("{}: the file's name is not UTF-8", path.display()))?
            .to_owned();
        Ok(Program { name, path: path.to_owned(), language })
    }
}

/// How a program is to be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// On the machine's clock instead of on virtual time.
    pub real_time: bool,
    /// So many workers in every runtime, on the machine's clock; none for one
    /// thread. Only tokio has them.
    pub workers: Option<NonZeroUsize>,
    /// How long it may run on the machine's clock, compiling not counted.
    pub timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Options { real_time: false, workers: None, timeout: Duration::from_secs(30) }
    }
}

/// How a recorded program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By itself, with this exit status (0 is success).
    Exit(i32),
    /// By a signal that it was sent, or brought upon itself.
    Signal(i32),
    /// It waits for something that nothing is left to bring about.
    Stuck,
    /// It ran longer than [`Options::timeout`] and was stopped.
    TimedOut,
    /// Whoever runs it had it stopped: see [`interrupt`](crate::process::interrupt).
    Interrupted,
    /// It wrote more events than a recording may have and was stopped.
    Flooded,
}

impl Ending {
    /// Whether the recording goes up to the program's own end.
    pub fn is_complete(&self) -> bool {
        matches!(self, Ending::Exit(_))
    }
}

/// A run that is over, and its events, not yet read.
pub struct Session {
    /// The first line of the recording.
    pub header: Header,
    /// How the program ended.
    pub ending: Ending,
    /// How long before its end it had the last thing to tell, on the machine's clock.
    pub silent: Duration,
    /// What it wrote besides its recorded prints: messages of the interpreter,
    /// say, for whoever has to find out why it failed.
    pub stderr: String,
    /// The events, streamed: a run of a million needs no more memory than one of ten.
    pub events: Box<dyn Iterator<Item = Result<Event>>>,
}

impl Session {
    /// Reads all events into memory.
    ///
    /// # Errors
    ///
    /// The first event that could not be read.
    pub fn into_recording(self) -> Result<Recording> {
        let Session { header, events, .. } = self;
        Ok(Recording { header, events: events.collect::<Result<_>>()? })
    }
}
