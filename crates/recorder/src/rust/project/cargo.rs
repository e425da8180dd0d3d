//! cargo, and what it says.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde::Deserialize;

use super::Target;

/// cargo, as if it were not called from within this workspace.
pub(super) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
        .env("CARGO_PROFILE_TEST_DEBUG", "line-tables-only")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only")
        .stdin(Stdio::null());
    command
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

#[derive(Deserialize)]
pub(super) struct Diagnostic {
    level: String,
    rendered: Option<String>,
}

pub(super) fn messages(stdout: &[u8]) -> impl Iterator<Item = Message> {
    stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok())
}

pub(super) fn executable(stdout: &[u8], program: &Target) -> Option<PathBuf> {
    messages(stdout)
        .filter(|message| message.target.as_ref() == Some(program))
        .find_map(|message| message.executable)
}

/// What the compiler says, or cargo, where it does not come to compiling.
pub(super) fn complaint(folder: &Path, output: &Output) -> String {
    let mut says = String::new();
    for message in messages(&output.stdout).filter_map(|message| message.message) {
        if message.level.starts_with("error") {
            says += message.rendered.as_deref().unwrap_or_default();
        }
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    if says.is_empty() {
        says = stderr.clone().into_owned();
    }
    let folder = folder.display();
    let hint = if stderr.contains("--locked") {
        "\nIts Cargo.lock is not up to date, and is not to be changed here: run `cargo update \
         --workspace` in its folder first."
    } else if ["failed to download", "resolve host", "connect to", "spurious network error"]
        .iter()
        .any(|part| stderr.contains(part))
    {
        "\nCrates are missing: run `cargo fetch` in its folder while there is a network."
    } else {
        ""
    };
    format!("{folder} does not compile for recording\n\n{}{hint}", says.trim_end())
}
