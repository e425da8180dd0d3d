//! The Pythons of this machine.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// The minor versions that the recorder is for.
pub const MINORS: std::ops::RangeInclusive<u32> = 9..=14;

/// An interpreter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interpreter {
    /// What starts it.
    pub command: OsString,
    /// Its version: `(3, 11, 7)`.
    pub version: (u32, u32, u32),
}

impl Interpreter {
    /// What `command` starts, if it is a Python that the recorder is for.
    pub fn at(command: OsString) -> Option<Self> {
        let version = "import sys; print(*sys.version_info[:3])";
        let output = Command::new(&command).args(["-c", version]).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        let mut numbers = text.split_whitespace().map(|number| number.parse().ok());
        let mut next = || numbers.next().flatten();
        let version = (next()?, next()?, next()?);
        let is_known = version.0 == 3 && MINORS.contains(&version.1);
        is_known.then_some(Interpreter { command, version })
    }
}

/// One of each minor version that is there, the oldest first: those of
/// `commands`, else of pyenv's folder, else of `PATH`.
pub fn found(commands: impl IntoIterator<Item = OsString>) -> Vec<Interpreter> {
    let path = std::iter::once("python3".into());
    let path = path.chain(MINORS.map(|minor| format!("python3.{minor}").into()));
    let mut found: Vec<Interpreter> = Vec::new();
    for command in commands.into_iter().chain(pyenvs()).chain(path) {
        let Some(python) = Interpreter::at(command) else { continue };
        if found.iter().all(|other| other.version.1 != python.version.1) {
            found.push(python);
        }
    }
    found.sort_by_key(|python| python.version);
    found
}

/// The interpreters that pyenv has installed. Its commands in `PATH` start one
/// only where its settings name that version.
fn pyenvs() -> Vec<OsString> {
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".pyenv"));
    let root = std::env::var_os("PYENV_ROOT").map(PathBuf::from).or_else(home);
    let Some(versions) = root.and_then(|root| std::fs::read_dir(root.join("versions")).ok()) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> =
        versions.flatten().map(|version| version.path().join("bin/python3")).collect();
    found.sort();
    found.into_iter().map(PathBuf::into_os_string).collect()
}
