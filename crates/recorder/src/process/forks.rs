//! A process that forks for each run: what it begins with, as the modules of an
//! interpreter, is done once.
//!
//! A line on its standard input asks for a run: the seconds that this may compute,
//! or 0, and its order. It forks, and answers with two lines on its standard
//! output: the number of the new process; then, when that is over, its status as
//! waitpid(2) has it. The new process has a group of its own, nothing to read, and
//! writes what is not recorded to the file [`Forks::said`].

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Pid, Signal};

use super::keeper::{self, Lifeline};
use super::{Capture, Finished, Limits, ended, watch};
use crate::scratch::{self, Folder, no_room};
use crate::wire;

/// Such a process, alive.
#[derive(Debug)]
pub(crate) struct Forks {
    child: Child,
    /// Dropped before the process is waited for.
    lifeline: Option<Lifeline>,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// Its own.
    stderr: Option<Capture>,
    folder: Folder,
}

impl Forks {
    /// Starts what `command` makes of it, given the folder in which its files are.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub fn start(command: impl FnOnce(&Folder) -> Result<Command>) -> Result<Self> {
        let folder = scratch::folder().with_context(no_room)?;
        let mut command = command(&folder)?;
        let events = folder.path().join("events");
        command.env(wire::EVENTS, &events).env(wire::FORKS, "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let lifeline = keeper::keep(&mut command, None).context("cannot make a pipe")?;
        let shown = command.get_program().to_string_lossy().into_owned();
        let mut child = command.spawn().with_context(|| format!("cannot start {shown}"))?;
        drop(command);
        let asks = child.stdin.take().expect("it was piped");
        let answers = BufReader::new(child.stdout.take().expect("it was piped"));
        let stderr = Capture::start(child.stderr.take().expect("it was piped"), 1 << 16)?;
        let (lifeline, stderr) = (Some(lifeline), Some(stderr));
        Ok(Forks { child, lifeline, asks, answers, stderr, folder })
    }

    /// A file that is written anew by each run; that of the records is `events`.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What the last run has written that is not recorded.
    fn said(&self, most: usize) -> String {
        let mut said = Vec::new();
        if let Ok(file) = File::open(self.file("events.said")) {
            // What could be read of it.
            let _ = file.take(most as u64).read_to_end(&mut said);
        }
        String::from_utf8_lossy(&said).into_owned()
    }

    /// Has it run once, in this order, within these limits, of which `stdin` is none.
    ///
    /// # Errors
    ///
    /// When it has died. Then it is of no use any more.
    pub fn run(&mut self, order: &str, limits: &Limits<'_>) -> Result<Finished> {
        for name in ["events", "events.said", "facts"] {
            File::create(self.file(name)).with_context(no_room)?;
        }
        let seconds = limits.computes.map_or(0, |most| most.as_secs().max(1));
        // If it is dead, it does not answer.
        let _ = self.asks.write_all(format!("{seconds} {order}\n").as_bytes());
        let pid: i32 = self.answer()?;
        let Some(process) = Pid::from_raw(pid.max(0)) else {
            bail!("there can be no more processes")
        };
        let answers = &self.answers;
        let stopped = watch(pid.unsigned_abs(), limits, |wait| {
            if !answers.buffer().is_empty() {
                return Ok(true);
            }
            match poll(&mut [PollFd::new(answers.get_ref(), PollFlags::IN)], Some(wait)) {
                Ok(came) => Ok(came > 0),
                Err(Errno::INTR) => Ok(false),
                Err(error) => Err(error).context("cannot wait for the child"),
            }
        })?;
        if stopped.is_some() {
            // It may have ended just now.
            let _ = rustix::process::kill_process_group(process, Signal::KILL);
        }
        let status = ExitStatus::from_raw(self.answer()?);
        let stderr = self.said(limits.output);
        Ok(Finished { ending: ended(stopped, status, limits), stdout: Vec::new(), stderr })
    }

    fn answer(&mut self) -> Result<i32> {
        let mut line = String::new();
        let read = self.answers.read_line(&mut line).context("cannot read from the child")?;
        if read > 0
            && let Ok(answer) = line.trim_end().parse()
        {
            return Ok(answer);
        }
        self.lifeline = None;
        let said = self.stderr.take().map(Capture::finish).unwrap_or_default();
        match String::from_utf8_lossy(&said).trim() {
            "" => bail!("the process that was to run it has ended"),
            said => bail!("the process that was to run it has ended: {said}"),
        }
    }
}

impl Drop for Forks {
    fn drop(&mut self) {
        self.lifeline = None;
        // Its end is all that matters.
        let _ = self.child.wait();
    }
}
