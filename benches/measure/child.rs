//! Programs that are measured as a whole: their time, the processor's time, the
//! memory they had at most.
//!
//! The kernel counts the last two for the children of a process, all together.
//! So this executable starts itself, and that process starts one program only.
//! It is small: a program's peak begins where the peak of its parent was.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::resource::{UsageWho, getrusage};
use recorder::process::{Finished, Limits, Stdin, run};
use recording::session::Ending;
use serde::{Deserialize, Serialize};

/// Set for the process that starts the program and counts.
const PART: &str = "CONTEXT_SWITCH_METER";

/// What a whole process used.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Usage {
    /// From before its start to after its end, in seconds.
    pub wall_s: f64,
    /// Of all processors, in user and kernel mode, in seconds.
    pub cpu_s: f64,
    /// The largest resident set, in bytes.
    pub peak: f64,
}

/// Starts and counts, if this process was started for that.
pub fn answer() -> Option<ExitCode> {
    std::env::var_os(PART)?;
    let mut arguments = std::env::args_os().skip(1);
    let program = arguments.next()?;
    let start = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .env_remove(PART)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    let wall_s = start.elapsed().as_secs_f64();
    let (Ok(status), Ok(used)) = (status, getrusage(UsageWho::RUSAGE_CHILDREN)) else {
        return Some(ExitCode::FAILURE);
    };
    if !status.success() {
        return Some(ExitCode::FAILURE);
    }
    let cpu = [used.user_time(), used.system_time()];
    let cpu_s = cpu.iter().map(|t| t.tv_sec() as f64 + t.tv_usec() as f64 / 1e6).sum();
    // Linux counts in KiB.
    let usage = Usage { wall_s, cpu_s, peak: used.max_rss() as f64 * 1024.0 };
    println!("{}", serde_json::to_string(&usage).expect("three numbers"));
    Some(ExitCode::SUCCESS)
}

/// Runs `program` to its end and says what it used.
///
/// # Errors
///
/// If it does not exit with 0 within `timeout`, with the end of its stderr.
pub fn meter(program: &Path, arguments: &[&str], timeout: Duration) -> Result<Usage> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(program).args(arguments).env(PART, "1");
    let stdout = output(&mut command, timeout)?;
    serde_json::from_str(&stdout).context("the meter gave no usage")
}

/// What `command` writes to stdout.
///
/// # Errors
///
/// If it does not exit with 0 within `timeout`, with the end of its stderr.
pub fn output(command: &mut Command, timeout: Duration) -> Result<String> {
    let command = std::mem::replace(command, Command::new("true"));
    let stdin = Stdin::Empty;
    let limits =
        Limits { timeout, computes: None, progress: None, file: None, output: 1 << 20, stdin };
    let Finished { ending, stdout, stderr } = run(command, &limits)?;
    let said = stderr.lines().rev().find(|line| !is_noise(line)).unwrap_or_default().trim();
    match ending {
        Ending::Exit(0) => Ok(String::from_utf8_lossy(&stdout).into_owned()),
        Ending::TimedOut => bail!("not done after {} s", timeout.as_secs()),
        _ if !said.is_empty() => bail!("{said}"),
        other => bail!("it ended with {other:?}"),
    }
}

/// Rust's advice below a panic.
fn is_noise(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with("note:")
}
