//! The programs that must not compile do not, and for the reason that the
//! book names: rustc's message is beside each, in `NAME.stderr`.
//!
//! After a change of a program, or of rustc, `TRYBUILD=overwrite cargo test
//! --test compile_fail` writes the messages anew, and the page that shows them
//! has to follow by hand.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Every program, and what the first line of its message says.
const PROGRAMS: [(&str, &str); 8] = [
    ("await_outside_async", "error[E0728]: `await` is only allowed inside `async` functions"),
    ("await_plain_function", "error[E0277]: `u32` is not a future"),
    ("await_twice", "error[E0382]: use of moved value: `future`"),
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
        let message = read(name, "stderr");
        assert!(message.starts_with(error), "{name} does not begin with {error:?}:\n{message}");
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

/// The page that shows these programs with their messages.
const PAGE: &str = include_str!("../src/walls-of-the-compiler.md");

#[test]
fn the_page_shows_each_program_and_its_message_as_they_are() {
    for (name, _) in PROGRAMS {
        let program = shown("rust,compile_fail,should_panic", &read(name, "rs"));
        let message = shown("text", &read(name, "stderr"));
        let both = format!("{program}\n{message}");
        assert!(PAGE.contains(&both), "{name}: the page has to show\n\n{both}");
    }
}

#[test]
fn python_says_to_the_twins_what_the_page_shows() {
    let shown_on = [
        (PAGE, "await_outside_async"),
        (PAGE, "await_plain_function"),
        (PAGE, "await_twice"),
        (PAGE, "forgotten_await"),
        (include_str!("../src/claims-checked.md"), "missing_import"),
    ];
    for (page, name) in shown_on {
        let program = shown("python", &read(name, "py"));
        let (_, after) = page.split_once(&program).unwrap_or_else(|| {
            panic!("{name}: the page has to show\n\n{program}");
        });
        let fence = after.trim_start().strip_prefix("```text\n").expect("its output");
        let (expected, _) = fence.split_once("\n```").expect("the end of the output");
        let path = format!("tests/compile_fail/{name}.py");
        let output = match Command::new("python3").arg(&path).stdin(Stdio::null()).output() {
            Ok(output) => output,
            Err(error) => {
                assert!(!recorder::everything_required(), "python3 is required here: {error}");
                eprintln!("skipped, no python3: {error}");
                return;
            }
        };
        let printed = String::from_utf8_lossy(&output.stdout);
        let said = String::from_utf8_lossy(&output.stderr);
        for line in expected.lines() {
            // Pythons word their errors differently, and agree on the kind.
            match line.split_once(':') {
                Some((kind, _)) => assert!(said.contains(&format!("{kind}:")), "{line}: {said}"),
                None => assert!(printed.lines().any(|one| one == line), "{line}: {printed}"),
            }
        }
        let lines = expected.lines().filter(|line| !line.contains(':')).count();
        assert_eq!(printed.lines().count(), lines, "{name} prints more than the page shows");
    }
}

/// A file of the folder.
fn read(name: &str, extension: &str) -> String {
    let path = Path::new("tests/compile_fail").join(name).with_extension(extension);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A text as a code block of a page.
fn shown(language: &str, text: &str) -> String {
    format!("```{language}\n{text}```\n")
}
