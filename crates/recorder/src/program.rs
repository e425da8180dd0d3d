//! A program that is to be run, and how.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::search::schedule::Schedule;
use recording::event::Language;

/// A program of a single file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// What views call it.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// What it is written in.
    pub language: Language,
    /// What it is called with.
    pub args: Vec<OsString>,
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
        Ok(Program { name, path: path.to_owned(), language, args: Vec::new() })
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
    /// How long it may run on the machine's clock, compiling not counted; where its
    /// order is chosen, how long it may compute, or do nothing, see [`Limits`].
    ///
    /// [`Limits`]: crate::process::Limits
    pub timeout: Duration,
    /// Whether that is how long it may run without anything new to record, as long
    /// as it is on virtual time: there it never waits, so it hangs or it gets on,
    /// however slow the machine is.
    pub is_patient: bool,
    /// The order that it takes, on virtual time, as if there were as many workers
    /// as tasks; none for that of one thread.
    pub order: Option<Schedule>,
    /// Whether that is one of the [wider model](crate::search): tokio's runtime of one
    /// thread has several, asyncio's sleeps take longer.
    pub wide: bool,
    /// Whether each suspension tells its chain of awaits.
    pub awaits: bool,
}

impl Options {
    /// For a program that is to be stopped after `timeout`, whatever it does.
    #[must_use]
    pub fn within(timeout: Duration) -> Self {
        Options { timeout, is_patient: false, ..Options::default() }
    }

    /// The order as the recorded process is told it.
    pub(crate) fn told_order(&self) -> Option<String> {
        let wide = if self.wide { "w" } else { "" };
        self.order.as_ref().map(|order| format!("{wide}{order}"))
    }

    /// How long it may compute, if that counts.
    pub(crate) fn computes(&self) -> Option<Duration> {
        self.order.is_some().then_some(self.timeout)
    }

    /// Whether whatever is recorded gives the program its time anew.
    pub(crate) fn counts_progress(&self) -> bool {
        self.is_patient && !self.real_time && self.workers.is_none()
    }
}

impl Default for Options {
    fn default() -> Self {
        let timeout = Duration::from_secs(30);
        Options {
            real_time: false,
            workers: None,
            timeout,
            is_patient: true,
            order: None,
            wide: false,
            awaits: false,
        }
    }
}
