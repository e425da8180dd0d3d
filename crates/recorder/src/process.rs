//! A child process within limits: of time, of what it prints, of what it
//! writes to a file. Whatever it started is gone when [`run`] returns, and
//! nothing of it outlives the process that runs it, see [`keeper`].

pub(crate) mod forks;
pub mod input;
pub mod keeper;

use std::io::{ErrorKind, PipeWriter, Read};
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, WaitId, WaitIdOptions};

use crate::program::Program;
use recording::session::Ending;

pub use input::Stdin;

/// How often the size of [`Limits::file`] is looked at, and [`interrupt`].
const TICK: Duration = Duration::from_millis(20);

/// What a pipe can hold that the system gives, unless root asked for more
/// (`/proc/sys/fs/pipe-max-size`), in bytes.
const PIPE: usize = 1 << 20;

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
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "a closure has none")]
pub struct Limits<'a> {
    /// Time on the machine's clock; more is [`Ending::TimedOut`].
    pub timeout: Duration,
    /// Time that it may compute, if that counts, whatever else the machine does:
    /// more is [`Ending::TimedOut`], and while it computes `timeout` begins anew.
    pub computes: Option<Duration>,
    /// How far it has come, if that time begins anew whenever it gets on.
    pub progress: Option<&'a dyn Fn() -> u64>,
    /// A file and the bytes that it may grow to; more is [`Ending::Flooded`].
    pub file: Option<(&'a Path, u64)>,
    /// The bytes kept of stdout, and of stderr; what comes after is dropped.
    pub output: usize,
    /// What it reads.
    pub stdin: Stdin,
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

/// What is to be said of a program that calls `exec`.
pub const BECOMES: &str = "another program takes its place, of which nothing is recorded";

/// Why a run is not shown that ended by itself and whose recording in `file` has
/// no beginning or no end; `stderr` may say more.
pub fn not_whole(program: &Program, file: &Path, stderr: &str) -> String {
    let folder = file.parent().unwrap_or(file).display();
    let stderr = match stderr.trim() {
        "" => String::new(),
        said => format!("\n{said}"),
    };
    format!(
        "{}: the end of its recording is missing, so it is not shown: is there room in {folder} \
         (see TMPDIR)?{stderr}",
        program.path.display()
    )
}

/// Whether programs can be recorded here.
///
/// # Errors
///
/// None on Linux, and always elsewhere.
pub fn available() -> Result<()> {
    Ok(())
}

/// Runs `command` in a process group of its own, to its end or to the first limit that it reaches. Then kills all that it started.
///
/// # Errors
///
/// When the program cannot be started; a program that fails is no error here.
pub fn run(mut command: Command, limits: &Limits<'_>) -> Result<Finished> {
    let shown = command.get_program().to_string_lossy().into_owned();
    let (stdin, pump) = input::open(limits.stdin).context("cannot open its standard input")?;
    command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
    let lifeline = keeper::keep(&mut command, limits.computes).context("cannot make a pipe")?;
    let mut child = command.spawn().with_context(|| format!("cannot start {shown}"))?;
    // And with it this process's end of the child's input.
    drop(command);
    let stdout = child.stdout.take().expect("it was piped");
    let stderr = child.stderr.take().expect("it was piped");
    let stdout = Capture::start(stdout, limits.output);
    let stderr = Capture::start(stderr, limits.output);
    let stopped = wait(&child, limits);
    drop(lifeline);
    let status = child.wait().with_context(|| format!("cannot wait for {shown}"))?;
    drop(pump);
    let ending = ended(stopped?, status, limits);
    let stderr = String::from_utf8_lossy(&stderr?.finish()).into_owned();
    Ok(Finished { ending, stdout: stdout?.finish(), stderr })
}

/// How a process ended that was `stopped`, or else has that status.
fn ended(stopped: Option<Ending>, status: ExitStatus, limits: &Limits<'_>) -> Ending {
    match (stopped, status.code(), status.signal()) {
        (Some(stopped), ..) => stopped,
        (None, Some(code), _) => Ending::Exit(code),
        (None, None, Some(libc::SIGXCPU)) if limits.computes.is_some() => Ending::TimedOut,
        (None, None, signal) => Ending::Signal(signal.unwrap_or_default()),
    }
}

/// Waits for the child's end or a limit, without taking the child's status;
/// `None` when it ended by itself.
fn wait(child: &Child, limits: &Limits<'_>) -> Result<Option<Ending>> {
    let pid = Pid::from_child(child);
    let pidfd = rustix::process::pidfd_open(pid, PidfdFlags::empty())
        .context("cannot watch the child (pidfd_open, Linux 5.3 or later)")?;
    watch(child.id(), limits, |wait| {
        match poll(&mut [PollFd::new(&pidfd, PollFlags::IN)], Some(wait)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error).context("cannot wait for the child"),
        }
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        Ok(rustix::process::waitid(WaitId::Pid(pid), options)?.is_some())
    })
}

/// Waits for the process `pid` to end or to reach a limit. `ends` waits so long at
/// most and says whether it has ended.
fn watch(
    pid: u32,
    limits: &Limits<'_>,
    ends: impl Fn(&Timespec) -> Result<bool>,
) -> Result<Option<Ending>> {
    // A clock that does not reach that far sets no limit.
    let mut deadline = Instant::now().checked_add(limits.timeout);
    let (mut came, mut computed) = (0, 0);
    loop {
        let left = deadline
            .map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(Instant::now()));
        let wait = Timespec::try_from(left.min(TICK))?;
        if ends(&wait)? {
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
        if let Some(comes) = limits.progress.map(|progress| progress())
            && comes != came
        {
            came = comes;
            deadline = Instant::now().checked_add(limits.timeout);
            continue;
        }
        if left.is_zero() {
            // It may have had no processor, or not for long.
            let computes = limits.computes.map_or(0, |_| keeper::computed(pid));
            if computes != computed {
                computed = computes;
                deadline = Instant::now().checked_add(limits.timeout);
                continue;
            }
            return Ok(Some(Ending::TimedOut));
        }
    }
}

/// What comes through a pipe, as far as it is kept.
#[derive(Debug)]
struct Capture {
    reader: JoinHandle<Vec<u8>>,
    /// Closed when the whole group is dead.
    alive: PipeWriter,
}

impl Capture {
    fn start(pipe: impl Read + AsFd + Send + 'static, most: usize) -> Result<Self> {
        let (over, alive) = std::io::pipe().context("cannot make a pipe")?;
        let reader = std::thread::spawn(move || read(pipe, &over, most));
        Ok(Capture { reader, alive })
    }

    /// All that the group wrote, however late the reader is, the group being
    /// dead. A process that left it may hold the pipe open, and is not waited for.
    fn finish(self) -> Vec<u8> {
        drop(self.alive);
        self.reader.join().expect("the reader does not panic")
    }
}

/// Reads `pipe` until it is closed, or until `over` is and what was in `pipe`
/// by then has been read.
fn read(mut pipe: impl Read + AsFd, over: &impl AsFd, most: usize) -> Vec<u8> {
    let (mut kept, mut buffer) = (Vec::new(), [0; 8192]);
    // Once it is over: how much may have been in the pipe by then and not be read.
    let mut rest = None;
    while rest != Some(0) {
        let mut both = [PollFd::new(&pipe, PollFlags::IN), PollFd::new(over, PollFlags::IN)];
        let wait = rest.map(|_| Timespec::default());
        match poll(&mut both, wait.as_ref()) {
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(_) => break,
        }
        let [is_readable, is_over] = both.map(|fd| !fd.revents().is_empty());
        if is_readable {
            match pipe.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => {
                    let room = most.saturating_sub(kept.len());
                    kept.extend_from_slice(&buffer[..n.min(room)]);
                    rest = rest.map(|rest: usize| rest.saturating_sub(n));
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        } else if rest.is_some() {
            break;
        }
        if is_over {
            // It is asked once more: the last line may have come since.
            rest = rest.or(Some(PIPE));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use std::io::{PipeReader, Write};
    use std::os::fd::BorrowedFd;

    use super::*;

    fn sh(script: &str, limits: &Limits<'_>) -> Finished {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run(command, limits).expect("sh starts")
    }

    const LIMITS: Limits<'static> = Limits {
        timeout: Duration::from_secs(60),
        computes: None,
        progress: None,
        file: None,
        output: 100,
        stdin: Stdin::Empty,
    };

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

    /// A pipe that a busy machine comes to read late.
    struct Late(PipeReader);

    impl AsFd for Late {
        fn as_fd(&self) -> BorrowedFd<'_> {
            self.0.as_fd()
        }
    }

    impl Read for Late {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            std::thread::sleep(Duration::from_millis(300));
            self.0.read(buffer)
        }
    }

    #[test]
    fn what_is_read_late_is_not_lost() {
        // Whoever left the group holds the other end.
        let (pipe, mut held) = std::io::pipe().unwrap();
        let capture = Capture::start(Late(pipe), 20_000).unwrap();
        held.write_all(&[b'x'; 10_000]).unwrap();
        assert_eq!(capture.finish().len(), 10_000);
    }

    #[test]
    fn whoever_left_session_and_environment_is_killed_too() {
        let there = tempfile::NamedTempFile::new().unwrap();
        let path = there.path().display();
        let leaves = format!(
            "echo out; (setsid env -i sh -c 'echo $$ > {path}; exec sleep 600' &)
             until [ -s {path} ]; do sleep 0.01; done"
        );
        // One that ends by itself, one that is stopped.
        let limits = Limits { file: Some((there.path(), 0)), ..LIMITS };
        for (limits, then, ending) in
            [(LIMITS, "exit 0", Ending::Exit(0)), (limits, "sleep 600", Ending::Flooded)]
        {
            std::fs::write(there.path(), "").unwrap();
            let finished = sh(&format!("{leaves}; {then}"), &limits);
            let pid = std::fs::read_to_string(there.path()).unwrap();
            assert!(!Path::new(&format!("/proc/{}", pid.trim())).exists(), "{pid} lives on");
            assert_eq!(finished.ending, ending);
            assert_eq!(finished.stdout, b"out\n");
        }
    }

    #[test]
    fn whoever_left_the_group_and_never_stops_printing_is_not_read_for_ever() {
        let endless = std::fs::File::open("/dev/zero").unwrap();
        assert_eq!(Capture::start(endless, 100).unwrap().finish(), [0; 100]);
    }

    #[test]
    fn whatever_the_child_started_is_killed_with_it() {
        // One that is stopped, by the size of a file, as soon as its child is
        // there; one that ends by itself.
        let there = tempfile::NamedTempFile::new().unwrap();
        let limits = Limits { file: Some((there.path(), 0)), ..LIMITS };
        let path = there.path().display();
        for script in
            [format!("sleep 600 & echo $!; echo > {path}; wait"), "sleep 600 & echo $!".into()]
        {
            std::fs::write(there.path(), "").unwrap();
            let finished = sh(&script, &limits);
            let pid = String::from_utf8(finished.stdout).unwrap();
            assert!(pid.trim().parse::<u32>().is_ok(), "{pid:?}");
            assert!(!Path::new(&format!("/proc/{}", pid.trim())).exists(), "{pid} lives on");
        }
    }

    #[test]
    fn a_child_that_runs_too_long_is_stopped() {
        let limits = Limits { timeout: Duration::from_millis(50), ..LIMITS };
        assert_eq!(sh("sleep 600", &limits).ending, Ending::TimedOut);
    }

    #[test]
    fn a_child_that_may_compute_for_a_time_is_given_it_however_late_it_is() {
        let within = |timeout, computes, script: &str| {
            sh(script, &Limits { timeout, computes: Some(computes), ..LIMITS }).ending
        };
        // It computes for twice as long as it may be idle.
        let computes = |timeout: Duration| {
            let hundredths = timeout.as_millis() / 5;
            let script = format!(
                "until read -r stat < /proc/$$/stat; set -- $stat; [ $((${{14}} + ${{15}})) -gt \
                 {hundredths} ]; do :; done; exit 3"
            );
            within(timeout, Duration::from_secs(60), &script)
        };
        // A busy machine may keep it from that for as long.
        let patience = [1, 10, 100].map(|tenths| Duration::from_millis(100 * tenths));
        assert!(patience.iter().any(|timeout| computes(*timeout) == Ending::Exit(3)));
        let second = Duration::from_secs(1);
        assert_eq!(within(60 * second, second, "while :; do :; done"), Ending::TimedOut);
        assert_eq!(within(second / 20, 60 * second, "sleep 600"), Ending::TimedOut);
    }

    #[test]
    fn a_child_that_still_writes_is_not_stopped_before_it_writes_no_more() {
        // It writes until it has been at it for longer than it may be silent.
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().display();
        let writes = |limit: Duration, then: &str| {
            let limits = Limits {
                timeout: limit,
                progress: Some(&|| file.path().metadata().unwrap().len()),
                ..LIMITS
            };
            let hundredths = limit.as_millis() / 5;
            let script = format!(
                "begun=$(awk '{{ print int($1 * 100) }}' /proc/uptime); now=$begun
                 until [ $((now - begun)) -gt {hundredths} ]; do
                     echo >> {path}; now=$(awk '{{ print int($1 * 100) }}' /proc/uptime)
                 done; {then}"
            );
            sh(&script, &limits).ending
        };
        // A busy machine may keep it from writing for as long as that.
        let patience = [1, 4, 16].map(Duration::from_secs);
        assert!(patience.iter().any(|limit| writes(*limit, "exit 3") == Ending::Exit(3)));
        assert_eq!(writes(patience[0], "sleep 600"), Ending::TimedOut);
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
