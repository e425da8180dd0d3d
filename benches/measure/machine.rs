//! The machine, and what it allows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use costs::data::Machine;
use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// The interpreter behind `python3`, or behind what the recorder takes instead.
///
/// It is asked for its own path: `python3` may be a script of a version manager,
/// which takes longer to start than Python does.
pub fn interpreter() -> Option<PathBuf> {
    let python = std::env::var_os(recorder::python::PYTHON).unwrap_or("python3".into());
    let path = "import sys; print(sys.executable)";
    let output = Command::new(python).args(["-c", path]).output().ok()?;
    let path = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    Some(path).filter(|path| output.status.success() && path.is_file())
}

/// Describes the machine, with the tokio of the lock file at `root` and this
/// Python.
///
/// # Errors
///
/// If the lock file has no tokio.
pub fn describe(root: &Path, python: Option<&Path>) -> Result<Machine> {
    let os = nix::sys::utsname::uname()?;
    let rustc = std::env::var("RUSTC").unwrap_or("rustc".into());
    Ok(Machine {
        cpu: field("/proc/cpuinfo", "model name").unwrap_or("unknown".into()),
        cores: std::thread::available_parallelism()?.get(),
        memory_mib: memory("MemTotal").unwrap_or(0) >> 20,
        kernel: format!("{} {}", os.sysname().to_string_lossy(), os.release().to_string_lossy()),
        rustc: version(rustc.as_ref()).unwrap_or("unknown".into()),
        tokio: locked(root, "tokio")?,
        python: python.and_then(version),
    })
}

/// The value of `name: value` in a file of the kernel.
fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// Bytes of memory: `MemTotal`, `MemAvailable`.
pub fn memory(what: &str) -> Option<u64> {
    let kib = field("/proc/meminfo", what)?;
    Some(kib.strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// The load average of the last minute.
pub fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or(0.0)
}

/// The first line of `PROGRAM --version`, if there is such a program.
fn version(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Some(text.lines().next()?.to_owned()).filter(|_| output.status.success())
}

fn locked(root: &Path, package: &str) -> Result<String> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).context("no Cargo.lock")?;
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)
        .and_then(|line| Some(line.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned()))
        .with_context(|| format!("Cargo.lock has no {package}"))
}

/// The limit that stops threads first on most machines.
const MAPPINGS: &str = "vm.max_map_count";

/// The most threads that a process may have here, and what sets that limit.
/// A tenth is left to the rest of the machine.
pub fn most_threads() -> (u64, String) {
    let number = |file: &str| fs::read_to_string(file).ok()?.trim().parse::<u64>().ok();
    let limits = [
        (number("/proc/sys/kernel/pid_max"), "kernel.pid_max", 1),
        (number("/proc/sys/kernel/threads-max"), "kernel.threads-max", 1),
        // A stack, the stack for signals, and a guard page below each.
        (number("/proc/sys/vm/max_map_count"), MAPPINGS, 4),
        (number("/sys/fs/cgroup/pids.max"), "the control group's pids.max", 1),
        (getrlimit(Resource::RLIMIT_NPROC).ok().map(|(soft, _)| soft), "ulimit -u", 1),
    ];
    let (most, value, name) = limits
        .iter()
        .filter_map(|(value, name, each)| Some((value.as_ref()? / each, (*value)?, *name)))
        .min()
        .unwrap_or((u64::MAX, 0, "nothing"));
    let each = if name == MAPPINGS { ", and a thread of Rust needs four" } else { "" };
    (most / 10 * 9, format!("{name} is {value}{each}, and a tenth is left to others"))
}

/// Raises this process's limit of open files as far as it may, for itself and
/// for what it starts. Returns the limit.
pub fn most_files() -> u64 {
    let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE) else { return 256 };
    match setrlimit(Resource::RLIMIT_NOFILE, hard, hard) {
        Ok(()) => hard,
        Err(_) => soft,
    }
}
