//! A child process within limits: of time, of what it prints, of what it
//! writes to a file. Whatever it started is gone when [`run`] returns, and the
//! child does not outlive the process that runs it.

use std::io::{ErrorKind, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, Signal, WaitId, WaitIdOptions};

use crate::session::Ending;

/// How often the size of [`Limits::file`] is looked at, and [`interrupt`].
const TICK: Duration = Duration::from_millis(20);

/// How long a pipe may stay open once the whole group is dead: only a process
/// that left the group can hold it.
const GRACE: Duration = Duration::from_millis(200);

/// Set by [`interrupt`].
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Has every child stopped as if its time were up, those under way and those to
/// come; what they did until then is kept. Says whether it was called before.
pub fn interrupt() -> bool {
    INTERRUPTED.swap(true, Ordering::Relaxed)
}

/// Whether [`interrupt`] was called.
pub fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// What a child may use up.
#[derive(Clone, Copy, Debug)]
pub struct Limits<'a> {
    /// Time on the machine's clock; more is [`Ending::TimedOut`].
    pub timeout: Duration,
    /// A file and the bytes that it may grow to; more is [`Ending::Flooded`].
    pub file: Option<(&'a Path, u64)>,
    /// The bytes kept of stdout, and of stderr; what comes after is dropped.
    pub output: usize,
}

/// A child that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// How it ended; never [`Ending::Stuck`], which only its events can tell.
    pub ending: Ending,
    /// The beginning of its stdout.
    pub stdout: Vec<u8>,
    /// The beginning of its stderr, what is no UTF-8 replaced.
    pub stderr: String,
}

/// How long ago `file` was written to last.
pub fn silent(file: &Path) -> Duration {
    let modified = std::fs::metadata(file).and_then(|file| file.modified());
    modified.ok().and_then(|then| then.elapsed().ok()).unwrap_or_default()
}

/// Whether programs can be recorded here.
///
/// # Errors
///
/// None on Linux, and always elsewhere.
pub fn available() -> Result<()> {
    Ok(())
}

/// Runs `command` in a process group of its own, with an empty stdin, to its
/// end or to the first limit that it reaches. Then kills the whole group.
///
/// # Errors
///
/// When the program cannot be started; a program that fails is no error here.
pub fn run(mut command: Command, limits: &Limits<'_>) -> Result<Finished> {
    let shown = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let parent = rustix::process::getpid();
    let die_with_parent = move || {
        rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
        // The parent may have died before the signal was asked for.
        if rustix::process::getppid() != Some(parent) {
            return Err(std::io::Error::other("the recorder is gone"));
        }
        Ok(())
    };
    // SAFETY: between fork and exec the closure makes two system calls and, on
    // the path where the child ends at once, one allocation.
    #[allow(unsafe_code, reason = "only the child itself can ask to die with its parent")]
    unsafe {
        command.pre_exec(die_with_parent);
    }
    let mut child = command.spawn().with_context(|| format!("cannot start {shown}"))?;
    let stdout = Capture::start(child.stdout.take(), limits.output);
    let stderr = Capture::start(child.stderr.take(), limits.output);
    let stopped = watch(&child, limits);
    // Before the child is waited for, so that its number cannot be anybody else's.
    let group = Pid::from_child(&child);
    let _ = rustix::process::kill_process_group(group, Signal::KILL);
    let status = child.wait().with_context(|| format!("cannot wait for {shown}"))?;
    let ending = match (stopped?, status.code(), status.signal()) {
        (Some(stopped), ..) => stopped,
        (None, Some(code), _) => Ending::Exit(code),
        (None, None, signal) => Ending::Signal(signal.unwrap_or_default()),
    };
    let stderr = String::from_utf8_lossy(&stderr.finish()).into_owned();
    Ok(Finished { ending, stdout: stdout.finish(), stderr })
}

/// Waits for the child's end or a limit, without taking the child's status;
/// `None` when it ended by itself.
fn watch(child: &Child, limits: &Limits<'_>) -> Result<Option<Ending>> {
    let pid = Pid::from_child(child);
    let pidfd = rustix::process::pidfd_open(pid, PidfdFlags::empty())
        .context("cannot watch the child (pidfd_open, Linux 5.3 or later)")?;
    // A clock that does not reach that far sets no limit.
    let deadline = Instant::now().checked_add(limits.timeout);
    loop {
        let left = deadline.map_or(Duration::MAX, |deadline| {
            deadline.saturating_duration_since(Instant::now())
        });
        let wait = Timespec::try_from(left.min(TICK))?;
        match poll(&mut [PollFd::new(&pidfd, PollFlags::IN)], Some(&wait)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error).context("cannot wait for the child"),
        }
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        if rustix::process::waitid(WaitId::Pid(pid), options)?.is_some() {
            return Ok(None);
        }
        if is_interrupted() {
            return Ok(Some(Ending::Interrupted));
        }
        if let Some((path, most)) = limits.file
            && std::fs::metadata(path).is_ok_and(|file| file.len() > most)
        {
            return Ok(Some(Ending::Flooded));
        }
        if left.is_zero() {
            return Ok(Some(Ending::TimedOut));
        }
    }
}

/// What comes through a pipe, as far as it is kept.
struct Capture {
    kept: Arc<Mutex<Vec<u8>>>,
    /// Closed when the pipe is.
    open: mpsc::Receiver<()>,
}

impl Capture {
    fn start(pipe: Option<impl Read + Send + 'static>, most: usize) -> Self {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let (reading, open) = mpsc::channel();
        if let Some(mut pipe) = pipe {
            let kept = Arc::clone(&kept);
            std::thread::spawn(move || {
                let _reading = reading;
                let mut buffer = [0; 8192];
                loop {
                    match pipe.read(&mut buffer) {
                        Ok(0) => break,
                        Ok(n) => {
                            let mut kept = kept.lock().expect("no holder of the lock panics");
                            let room = most.saturating_sub(kept.len());
                            kept.extend_from_slice(&buffer[..n.min(room)]);
                        }
                        Err(error) if error.kind() == ErrorKind::Interrupted => {}
                        Err(_) => break,
                    }
                }
            });
        }
        Capture { kept, open }
    }

    fn finish(self) -> Vec<u8> {
        // Either way what has come until now is all there is to show.
        let _ = self.open.recv_timeout(GRACE);
        std::mem::take(&mut self.kept.lock().expect("no holder of the lock panics"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, limits: &Limits<'_>) -> Finished {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run(command, limits).expect("sh starts")
    }

    const LIMITS: Limits<'static> =
        Limits { timeout: Duration::from_secs(20), file: None, output: 100 };

    #[test]
    fn output_and_status_come_back() {
        let finished = sh("echo out; echo err >&2; cat; exit 3", &LIMITS);
        assert_eq!(finished.ending, Ending::Exit(3));
        assert_eq!(finished.stdout, b"out\n");
        assert_eq!(finished.stderr, "err\n");
    }

    #[test]
    fn a_signal_is_not_an_exit() {
        assert_eq!(sh("kill -9 $$", &LIMITS).ending, Ending::Signal(9));
    }

    #[test]
    fn output_beyond_the_limit_is_dropped() {
        let finished = sh("yes | head -c 100000", &LIMITS);
        assert_eq!(finished.ending, Ending::Exit(0));
        assert_eq!(finished.stdout.len(), 100);
    }

    #[test]
    fn whatever_the_child_started_is_killed_with_it() {
        let limits = Limits { timeout: Duration::from_millis(300), ..LIMITS };
        for script in ["sleep 600 & echo $!; wait", "sleep 600 & echo $!"] {
            let finished = sh(script, &limits);
            let pid = String::from_utf8(finished.stdout).unwrap();
            let stat = format!("/proc/{}/stat", pid.trim());
            let deadline = Instant::now() + Duration::from_secs(5);
            // Killed, but perhaps not yet collected by init: state Z.
            while std::fs::read_to_string(&stat).is_ok_and(|stat| !stat.contains(") Z ")) {
                assert!(Instant::now() < deadline, "the child of `{script}` lives on");
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }

    #[test]
    fn a_child_that_runs_too_long_is_stopped() {
        let limits = Limits { timeout: Duration::from_millis(50), ..LIMITS };
        assert_eq!(sh("sleep 600", &limits).ending, Ending::TimedOut);
    }

    #[test]
    fn a_timeout_beyond_the_clock_is_no_limit() {
        let limits = Limits { timeout: Duration::MAX, ..LIMITS };
        assert_eq!(sh("exit 3", &limits).ending, Ending::Exit(3));
    }

    #[test]
    fn a_file_that_grows_too_large_stops_the_child() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let limits = Limits { file: Some((file.path(), 1000)), ..LIMITS };
        let script = format!("yes > {}", file.path().display());
        assert_eq!(sh(&script, &limits).ending, Ending::Flooded);
    }

    #[test]
    fn a_program_that_does_not_exist_is_named() {
        let error = run(Command::new("no-such-program"), &LIMITS).unwrap_err();
        assert!(format!("{error:#}").contains("no-such-program"), "{error:#}");
    }
}
