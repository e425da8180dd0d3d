//! cargo, and what it says: the one place that reads its messages.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// cargo, as if it were not called from within this workspace.
///
/// A configuration of cargo's may hold for the programs too, so what recording
/// needs of a profile is said here: lines, and symbols, in the executable.
pub(super) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env_remove("RUSTC_WORKSPACE_WRAPPER").stdin(Stdio::null());
    for profile in ["DEV", "TEST", "RELEASE"] {
        for (what, value) in
            [("DEBUG", "line-tables-only"), ("STRIP", "none"), ("SPLIT_DEBUGINFO", "off")]
        {
            command.env(format!("CARGO_PROFILE_{profile}_{what}"), value);
        }
    }
    command
}

/// Sees to it that all crates that a package needs are on this machine, and in its
/// lock file. What is here already is as good as the newest.
///
/// # Errors
///
/// What cargo says where one is missing and cannot be had.
pub(super) fn fetch(manifest: &Path) -> Result<()> {
    let run = |more: &[&str]| {
        let mut command = cargo();
        command.arg("fetch").args(more).arg("--manifest-path").arg(manifest);
        command.current_dir(manifest.parent().unwrap_or(manifest));
        command.output().context("cannot start cargo")
    };
    if run(&["--offline"])?.status.success() {
        return Ok(());
    }
    let output = run(&[])?;
    ensure!(
        output.status.success(),
        "cargo cannot find the crates that it uses; those that are not on this machine need a \
         network, once\n\n{}",
        String::from_utf8_lossy(&output.stderr).trim_end()
    );
    Ok(())
}

/// A line of cargo's.
#[derive(Deserialize)]
pub(super) struct Message {
    pub(super) target: Option<Target>,
    executable: Option<PathBuf>,
    #[serde(default)]
    pub(super) filenames: Vec<String>,
    message: Option<Diagnostic>,
}

/// What cargo compiles: a library, a binary, a file of tests, …
#[derive(Clone, Deserialize, PartialEq)]
pub(super) struct Target {
    pub(super) name: String,
    pub(super) kind: Vec<String>,
    pub(super) src_path: PathBuf,
}

/// What the compiler says.
#[derive(Deserialize)]
pub(super) struct Diagnostic {
    pub(super) level: String,
    rendered: Option<String>,
    /// The places in the source that it is about.
    #[serde(default)]
    pub(super) spans: Vec<serde::de::IgnoredAny>,
}

/// The messages in what cargo wrote to stdout.
pub(super) fn messages(stdout: &[u8]) -> impl Iterator<Item = Message> {
    lines(stdout)
}

/// What is such an object in a text of a JSON object a line.
pub(super) fn lines<T: serde::de::DeserializeOwned>(text: &[u8]) -> impl Iterator<Item = T> {
    text.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok())
}

/// The executable that cargo says it made of a target: where it lies depends on
/// cargo's configuration.
pub(super) fn executable(stdout: &[u8], of: impl Fn(&Target) -> bool) -> Option<PathBuf> {
    messages(stdout)
        .filter(|message| message.target.as_ref().is_some_and(&of))
        .find_map(|message| message.executable)
}

/// The compiler's errors, as it words them; empty if it has none.
pub(super) fn errors(stdout: &[u8]) -> String {
    let errors = messages(stdout).filter_map(|message| message.message);
    let errors = errors.filter(|message| message.level.starts_with("error"));
    errors.filter_map(|message| message.rendered).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &[u8] = br#"{"reason":"compiler-message","message":{"level":"warning","rendered":"unused\n"}}
{"reason":"compiler-message","message":{"level":"error","rendered":"E0425\n"}}
no JSON at all
{"reason":"compiler-artifact","target":{"kind":["lib"],"name":"a","src_path":"/a.rs"},"filenames":["/t/liba.rlib"],"executable":null}
{"reason":"compiler-artifact","target":{"kind":["bin"],"name":"b","src_path":"/b.rs"},"filenames":["/t/x/b"],"executable":"/t/x/b"}
{"reason":"build-finished","success":false}
"#;

    #[test]
    fn errors_and_executables_are_read_from_the_messages() {
        assert_eq!(errors(SAID), "E0425\n");
        assert_eq!(executable(SAID, |target| target.name == "b"), Some("/t/x/b".into()));
        assert_eq!(executable(SAID, |target| target.name == "a"), None);
    }
}
