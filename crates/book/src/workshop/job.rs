//! A program that runs within limits, and its output line by line.
//!
//! A job ends when its program does, when it reaches a limit, or when nobody
//! listens any more: the reader has left, has pressed *Stop*, or the server
//! ends. Then everything that it started is killed, see [`keeper`].

use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use recorder::process::keeper::{self, Lifeline};
use rustix::process::{Resource, Rlimit};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Child;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, timeout};

/// What a job may use up.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From its start to its end.
    pub time: Duration,
    /// Bytes of address space of each of its processes.
    pub memory: u64,
    /// Bytes of output, both streams together.
    pub output: usize,
    /// Bytes of a line; a longer one is broken.
    pub line: usize,
    /// Bytes of any file that it writes.
    pub file: u64,
    /// Processes at once.
    pub processes: usize,
}

/// What a job has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A line of its stdout, without the line break.
    Out(String),
    /// A line of its stderr.
    Err(String),
    /// Its end; nothing follows.
    End(End),
}

/// How a job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this status.
    Exit(i32),
    /// By a signal.
    Signal(i32),
    /// It took too long.
    Time,
    /// It printed too much.
    Output,
    /// It started too many processes.
    Processes,
}

/// How often processes are counted.
const COUNT: Duration = Duration::from_millis(100);

/// How long to wait for the rest of the output once the program has ended: a
/// process that it left behind may keep a pipe open.
const REST: Duration = Duration::from_millis(500);

/// How long to wait for the end of all that is killed.
const END: Duration = Duration::from_secs(10);

/// Starts `command`; the job lives until it has said [`Said::End`], the receiver
/// is dropped or nobody listens any more, as `gone` tells.
///
/// # Errors
///
/// If the program cannot be started.
pub fn start(
    mut command: Command,
    limits: Limits,
    gone: impl Future<Output = ()> + Send + 'static,
) -> Result<mpsc::Receiver<Said>> {
    let name = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    confine(&mut command, limits);
    let lifeline = keeper::keep(&mut command, None).context("cannot make a pipe")?;
    let mut command = tokio::process::Command::from(command);
    let mut child = command.spawn().with_context(|| format!("cannot start {name}"))?;
    let out = child.stdout.take().context("stdout is not ours")?;
    let err = child.stderr.take().context("stderr is not ours")?;
    // Few: a program that prints faster than the page reads has to wait.
    let (said, heard) = mpsc::channel(64);
    let (read, lines) = mpsc::channel(64);
    tokio::spawn(split(out, limits.line, Said::Out, read.clone()));
    tokio::spawn(split(err, limits.line, Said::Err, read));
    let output = Output { lines, said, left: limits.output };
    tokio::spawn(run(child, lifeline, output, limits, gone));
    Ok(heard)
}

/// From the start of a job to its end. Dropped with the whole runtime it drops
/// the lifeline, which is an end as well.
async fn run(
    mut child: Child,
    lifeline: Lifeline,
    mut output: Output,
    limits: Limits,
    gone: impl Future<Output = ()>,
) {
    // Around all of it: also a listener who takes no more lines is not waited for.
    let work = timeout(limits.time, supervise(&mut child, &mut output, limits));
    let end = tokio::select! {
        end = work => end.unwrap_or(Some(End::Time)),
        () = gone => None,
    };
    drop(lifeline);
    // The keeper ends when nothing is left of the job.
    let _ = timeout(END, child.wait()).await;
    if let Some(end) = end {
        let rest = timeout(2 * REST, output.rest()).await.unwrap_or(None);
        let end = rest.unwrap_or(end);
        let _ = output.said.send(Said::End(end)).await;
    }
}

/// The way of the lines from the program to whoever listens.
struct Output {
    lines: mpsc::Receiver<Said>,
    said: mpsc::Sender<Said>,
    /// Bytes that may still come.
    left: usize,
}

impl Output {
    /// Passes a line on; the end of the job where it is too much.
    async fn pass_on(&mut self, line: Said) -> Option<End> {
        if let Said::Out(text) | Said::Err(text) = &line {
            if text.len() >= self.left {
                self.left = 0;
                return Some(End::Output);
            }
            self.left -= text.len() + 1;
        }
        // That nobody listens any more is found out elsewhere.
        let _ = self.said.send(line).await;
        None
    }

    /// What was printed and is still on its way.
    async fn rest(&mut self) -> Option<End> {
        while let Ok(Some(line)) = timeout(REST, self.lines.recv()).await {
            if let Some(end) = self.pass_on(line).await {
                return Some(end);
            }
        }
        None
    }
}

/// Passes lines on until the job ends; `None` where nobody wants to know how.
async fn supervise(child: &mut Child, output: &mut Output, limits: Limits) -> Option<End> {
    let mut count = interval(COUNT);
    count.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut open = true;
    loop {
        let said = output.said.clone();
        tokio::select! {
            line = output.lines.recv(), if open => match line {
                Some(line) => if let Some(end) = output.pass_on(line).await { return Some(end) },
                None => open = false,
            },
            status = child.wait() => {
                use std::os::unix::process::ExitStatusExt;
                let status = status.ok()?;
                return status.code().map(End::Exit).or(status.signal().map(End::Signal));
            },
            () = said.closed() => return None,
            _ = count.tick() => {
                // The job itself is one of them. None is left once the keeper ended.
                let Some(keeper) = child.id() else { continue };
                let living = move || keeper::descendants(keeper).len();
                let living = tokio::task::spawn_blocking(living).await;
                if living.is_ok_and(|living| living > limits.processes) {
                    return Some(End::Processes);
                }
            },
        }
    }
}

/// Splits a stream into lines of at most `most` bytes; what is no UTF-8 is replaced.
async fn split(
    mut stream: impl AsyncRead + Unpin,
    most: usize,
    kind: fn(String) -> Said,
    lines: mpsc::Sender<Said>,
) {
    let mut chunk = [0; 4096];
    let mut line = Vec::new();
    let text = |line: &mut Vec<u8>| kind(String::from_utf8_lossy(&std::mem::take(line)).into());
    while let Ok(n @ 1..) = stream.read(&mut chunk).await {
        for byte in &chunk[..n] {
            if *byte != b'\n' {
                line.push(*byte);
            }
            if (*byte == b'\n' || line.len() >= most) && lines.send(text(&mut line)).await.is_err()
            {
                return;
            }
        }
    }
    if !line.is_empty() {
        let _ = lines.send(text(&mut line)).await;
    }
}

/// Lets the program begin with its limits set.
fn confine(command: &mut Command, limits: Limits) {
    use std::os::unix::process::CommandExt;
    let begin = move || {
        for (resource, most) in
            [(Resource::As, limits.memory), (Resource::Fsize, limits.file), (Resource::Core, 0)]
        {
            let limit = Rlimit { current: Some(most), maximum: Some(most) };
            rustix::process::setrlimit(resource, limit)?;
        }
        Ok(())
    };
    // SAFETY: between fork and exec the closure makes system calls and nothing else.
    #[allow(unsafe_code, reason = "only the new process can set its own limits")]
    unsafe {
        command.pre_exec(begin);
    }
}

#[cfg(test)]
mod tests;
