//! From programs to executables, or to the compiler's errors.

use std::fs::File;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::package::{Copy, Package};
use crate::process::{self, Limits};
use crate::program::Program;
use recording::session::Ending;

/// What cargo may use up: as good as anything.
const LIMITS: Limits<'static> =
    Limits { timeout: Duration::from_secs(24 * 3600), file: None, output: 64 << 20 };

/// A program, compiled for recording.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// What was compiled.
    pub program: Program,
    /// The text that was compiled.
    pub text: String,
    /// The executable. Whoever records next may put another one there.
    pub executable: PathBuf,
    /// Keeps the one that was compiled.
    pub(super) kept: Arc<File>,
    /// The file that the executable's debug information calls the program's:
    /// the end of its path.
    pub(super) file: String,
    /// Name and version of tokio.
    pub(super) runtime: String,
    /// Other files in which tasks may be spawned.
    pub(super) others: Vec<Other>,
    /// Where it is run, if not where this process is.
    pub(super) folder: Option<PathBuf>,
    /// What is to be said of every recording of it.
    pub(super) notes: Vec<String>,
}

/// A file of a program besides the one that is shown.
#[derive(Clone, Debug)]
pub(super) struct Other {
    pub(super) text: String,
    /// How the compiler calls it.
    pub(super) file: String,
}

impl Compiled {
    /// The executable that was compiled, whatever is at its path by now.
    pub(super) fn kept(&self) -> PathBuf {
        format!("/proc/self/fd/{}", self.kept.as_raw_fd()).into()
    }
}

/// Compiles all of `programs` in one go, in their order.
///
/// # Errors
///
/// All errors of the compiler in all programs, in the program's own file and
/// line; or why it could not be run.
pub fn compile(programs: &[Program]) -> Result<Vec<Compiled>> {
    if programs.is_empty() {
        // Nor is the package waited for, which others may be compiling.
        return Ok(Vec::new());
    }
    process::available()?;
    let mut package = Package::generate()?;
    let copies: Vec<Copy> =
        programs.iter().map(|program| package.add(program)).collect::<Result<_>>()?;
    let target = package.folder.join("target");
    if !target.exists() {
        // A minute of silence needs a reason.
        eprintln!("compiling tokio for recording, which is done once");
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["build", "--offline", "--quiet", "--message-format=json", "--manifest-path"])
        .arg(package.folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .args(copies.iter().flat_map(|copy| ["--bin", &copy.bin]))
        // What holds for the workspace's own code does not for a reader's.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    let cargo = process::run(command, &LIMITS).context("cargo compiles what is recorded")?;
    match cargo.ending {
        Ending::Exit(0) => {}
        Ending::Interrupted => bail!("interrupted"),
        _ => bail!("{}", errors(&cargo.stdout, &cargo.stderr, programs, &copies)),
    }
    let compiled = programs.iter().zip(copies).map(|(program, copy)| {
        let executable = target.join("debug").join(&copy.bin);
        Ok(Compiled {
            program: program.clone(),
            text: copy.text,
            kept: keep(&executable)?,
            executable,
            file: format!("src/bin/{}.rs", copy.bin),
            runtime: package.runtime.clone(),
            others: Vec::new(),
            folder: None,
            notes: Vec::new(),
        })
    });
    compiled.collect()
}

/// Opens an executable, so that it stays what it is, whatever is compiled next.
pub(super) fn keep(executable: &Path) -> Result<Arc<File>> {
    let file = File::open(executable);
    file.map(Arc::new).with_context(|| format!("cannot open {}", executable.display()))
}

/// A line of cargo's.
#[derive(Deserialize)]
struct Message {
    message: Option<Diagnostic>,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
}

/// What the compiler says, in terms of the programs' own files.
fn errors(stdout: &[u8], stderr: &str, programs: &[Program], copies: &[Copy]) -> String {
    let mut text = String::new();
    for line in String::from_utf8_lossy(stdout).lines() {
        let Ok(Message { message: Some(message) }) = serde_json::from_str(line) else { continue };
        if message.level.starts_with("error") {
            text += message.rendered.as_deref().unwrap_or_default();
        }
    }
    if text.is_empty() {
        return format!("cargo cannot compile what is to be recorded:\n{}", stderr.trim_end());
    }
    for (program, copy) in programs.iter().zip(copies) {
        let path = program.path.display().to_string();
        text = text
            .replace(&format!("src/bin/{}.rs", copy.bin), &path)
            .replace(&copy.bin.replace('-', "_"), &program.name)
            .replace(&copy.bin, &program.name);
    }
    let which: Vec<String> = match programs {
        [program] => vec![program.path.display().to_string()],
        _ => vec!["the programs".to_owned()],
    };
    let hint = if asks_for_more(&text) { ONLY } else { "" };
    format!("{} does not compile\n\n{}{hint}", which.join(", "), text.trim_end())
}

/// What a program can be compiled with.
const ONLY: &str = "\n\na program to be recorded is a single file that uses std, tokio (with \
                    its feature `full`), futures, timed and no other crate";

/// Whether an error of the compiler may be about a crate, a module of its own
/// file or a part of tokio that is not there.
fn asks_for_more(errors: &str) -> bool {
    ["E0432", "E0433", "E0463", "E0583"].iter().any(|code| errors.contains(code))
}
