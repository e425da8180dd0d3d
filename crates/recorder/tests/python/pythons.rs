//! Finds a Python of each version.

use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use recorder::python;

/// An interpreter: its command and its minor version.
#[derive(Clone, Debug)]
pub struct Python {
    pub command: String,
    pub minor: u32,
}

/// The minor versions that the recorder is for.
const MINORS: std::ops::RangeInclusive<u32> = 9..=14;

/// One of each version that is there, the oldest first: `CONTEXT_SWITCH_PYTHON`
/// alone, or those in pyenv's folder and in `PATH`.
pub static PYTHONS: LazyLock<Vec<Python>> = LazyLock::new(|| {
    let commands = match std::env::var(python::PYTHON) {
        Ok(one) => vec![one],
        Err(_) => pyenvs()
            .into_iter()
            .chain(std::iter::once("python3".to_owned()))
            .chain(MINORS.map(|minor| format!("python3.{minor}")))
            .collect(),
    };
    let mut found: Vec<Python> = Vec::new();
    for command in commands {
        let version = "import sys; print(*sys.version_info[:2])";
        let Ok(output) = Command::new(&command).args(["-c", version]).output() else { continue };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let Some(minor) = text.trim().strip_prefix("3 ").and_then(|m| m.parse().ok()) else {
            continue;
        };
        if MINORS.contains(&minor) && found.iter().all(|python| python.minor != minor) {
            found.push(Python { command, minor });
        }
    }
    found.sort_by_key(|python| python.minor);
    let missing = MINORS.filter(|minor| found.iter().all(|python| python.minor != *minor));
    let missing: Vec<String> = missing.map(|minor| format!("3.{minor}")).collect();
    if !missing.is_empty() {
        eprintln!("not there, so not tried: Python {}", missing.join(", "));
    }
    assert!(
        !found.is_empty() || !recorder::everything_required(),
        "no Python 3.9 or later in PATH, and all must be tested"
    );
    found
});

/// The interpreters that pyenv has installed. Its commands in `PATH` start one
/// only where its settings name that version.
fn pyenvs() -> Vec<String> {
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".pyenv"));
    let root = std::env::var_os("PYENV_ROOT").map(PathBuf::from).or_else(home);
    let Some(versions) = root.and_then(|root| std::fs::read_dir(root.join("versions")).ok()) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> =
        versions.flatten().map(|version| version.path().join("bin/python3")).collect();
    found.sort();
    found.into_iter().filter_map(|path| path.into_os_string().into_string().ok()).collect()
}

/// Runs `test` for each Python of at least `minor`.
pub fn each_from(minor: u32, test: impl Fn(&Python)) {
    PYTHONS.iter().filter(|python| python.minor >= minor).for_each(test);
}

/// Runs `test` for each Python.
pub fn each(test: impl Fn(&Python)) {
    each_from(*MINORS.start(), test);
}
