//! Runs a test with a Python of each version.

use std::sync::LazyLock;

use recorder::python;
use recorder::python::found::{Interpreter, MINORS, found};

/// An interpreter: its command and its minor version.
#[derive(Clone, Debug)]
pub struct Python {
    pub command: String,
    pub minor: u32,
}

/// One of each version that is there, the oldest first; `CONTEXT_SWITCH_PYTHON`
/// alone, where that names one.
pub static PYTHONS: LazyLock<Vec<Python>> = LazyLock::new(|| {
    let found = match std::env::var_os(python::PYTHON) {
        Some(one) => Interpreter::at(one).into_iter().collect(),
        None => found([]),
    };
    let found: Vec<Python> = found
        .into_iter()
        .map(|Interpreter { command, version }| Python {
            command: command.into_string().expect("a path in UTF-8"),
            minor: version.1,
        })
        .collect();
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

/// Runs `test` for each Python of at least `minor`.
pub fn each_from(minor: u32, test: impl Fn(&Python)) {
    PYTHONS.iter().filter(|python| python.minor >= minor).for_each(test);
}

/// Runs `test` for each Python.
pub fn each(test: impl Fn(&Python)) {
    each_from(*MINORS.start(), test);
}
