//! The programs that must not compile do not, and for the reason that the
//! book names: rustc's message is beside each, in `NAME.stderr`.
//!
//! After a change of a program, or of rustc, `TRYBUILD=overwrite cargo test
//! --test compile_fail` writes the messages anew.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Every program, and what the first line of its message says.
const PROGRAMS: [(&str, &str); 7] = [
    ("await_outside_async", "error[E0728]: `await` is only allowed inside `async` functions"),
    ("await_plain_function", "error[E0277]: `u32` is not a future"),
    ("borrow_into_spawn", "error[E0373]: async block may outlive the current function"),
    ("forgotten_await", "error: unused implementer of `Future` that must be used"),
    ("guard_across_await", "error: future cannot be sent between threads safely"),
    ("rc_into_spawn", "error: future cannot be sent between threads safely"),
    ("two_writers_in_join", "error[E0499]: cannot borrow `count` as mutable more than once"),
];

#[test]
fn each_program_is_refused_with_its_own_message() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/compile_fail/*.rs");
}

#[test]
fn each_message_begins_with_the_error_that_the_book_names() {
    let folder = Path::new("tests/compile_fail");
    for (name, error) in PROGRAMS {
        let path = folder.join(name).with_extension("stderr");
        let message = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        assert!(message.starts_with(error), "{path:?} does not begin with {error:?}:\n{message}");
    }
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder of these programs")
        .map(|entry| entry.expect("an entry of the folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| path.file_stem().expect("a file's name").to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, PROGRAMS.map(|(name, _)| name), "a program without an error named here");
}

#[test]
fn python_refuses_the_await_outside_async_before_it_runs_a_line() {
    let program = "tests/compile_fail/await_outside_async.py";
    let output = match Command::new("python3").arg(program).stdin(Stdio::null()).output() {
        Ok(output) => output,
        Err(error) => {
            let required = std::env::var_os("CONTEXT_SWITCH_REQUIRE_ALL").is_some();
            assert!(!required, "python3 is required here: {error}");
            eprintln!("skipped, no python3: {error}");
            return;
        }
    };
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("SyntaxError: 'await' outside async function"), "{message}");
    assert_eq!(output.stdout, b"", "not one line runs");
    assert_eq!(output.status.code(), Some(1));
}
