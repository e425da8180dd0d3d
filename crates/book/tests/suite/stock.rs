//! The recorder changes nothing: what a recording says is printed is, line by
//! line, what the timed example prints on stock tokio, and what the twin prints
//! under a plain python3.
//!
//! The programs really sleep, so many run at once. Of their times only a lower
//! bound is checked: nothing may come earlier than recorded.

use std::collections::VecDeque;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use pages::library::{Book, Source};
use pages::store::Stored;
use recording::event::{Class, Language, Stream, What};

use crate::support::book::repository;

/// How many programs sleep at a time.
const AT_ONCE: usize = 16;

/// How often a program that differs runs again.
const AGAIN: usize = 5;

/// How much earlier than recorded a line may come, in seconds: its stamp and
/// that of the first line are rounded to milliseconds.
const ROUNDING: f64 = 0.002;

/// The lines that a recording has on stdout, with their seconds.
fn recorded(stored: &Stored) -> Vec<(f64, String)> {
    let line = |event: &recording::Event| match &event.what {
        What::Print { text, stream: Stream::Stdout, .. } => {
            Some((event.t as f64 / 1e6, text.clone()))
        }
        _ => None,
    };
    stored.recording.events.iter().filter_map(line).collect()
}

/// The lines that a recording has on stdout.
fn texts(stored: &Stored) -> Vec<String> {
    recorded(stored).into_iter().map(|(_, text)| text).collect()
}

/// What a command writes to stdout.
fn stdout(command: &mut Command) -> Result<String, String> {
    let shown = format!("{command:?}");
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("{shown}: {e}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(format!("{shown}: {}", String::from_utf8_lossy(&output.stderr))),
    }
}

/// Runs `check` on all recordings in `language`, many at a time, and fails
/// with all that it finds each time.
fn check_all(language: Language, check: impl Fn(&Book, &Stored) -> Result<(), String> + Sync) {
    let book = Book::read(&repository()).expect("the book");
    let all = book.recordings.iter().map(|(path, kept)| match kept.stored() {
        Ok(stored) => stored,
        Err(error) => panic!("{}: {error:#}", path.display()),
    });
    let recordings: Vec<&Stored> =
        all.filter(|stored| stored.recording.header.language == language).collect();
    assert!(!recordings.is_empty(), "no {language} recordings");
    let waiting = Mutex::new(VecDeque::from(recordings));
    let suspects = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some(stored) = waiting.lock().unwrap().pop_front() else { break };
                    if check(&book, stored).is_err() {
                        suspects.lock().unwrap().push(stored);
                    }
                }
            });
        }
    });
    // A loaded machine may hold a program up for longer than the gap between
    // two of its timers, which for two equal sleeps is no more than the time
    // between their beginnings. So whoever differs runs again, without the others.
    let mut faults = Vec::new();
    for stored in suspects.into_inner().unwrap() {
        let name = &stored.recording.header.program;
        let mut fault = check(&book, stored).err();
        for _ in 1..AGAIN {
            if fault.is_some() {
                fault = check(&book, stored).err();
            }
        }
        faults.extend(fault.map(|fault| format!("{name} ({language}): {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Compares what was printed with what was recorded. Where the recording is one
/// run of several, the order is open and a line may be missing, but none may be
/// printed that is recorded in neither language: of two timers for the same
/// moment either may be first, and the end of main cuts off the other.
fn same(book: &Book, stored: &Stored, printed: &[&str]) -> Result<(), String> {
    let mut recorded = texts(stored);
    let same = match stored.recording.header.class {
        Class::Exact | Class::Order => recorded == printed,
        Class::Seen => {
            let mut once = recorded.clone();
            let only_there = twin(book, stored).into_iter().filter(|line| !take(&mut once, line));
            recorded.extend(only_there);
            let mut left = recorded.clone();
            !printed.is_empty() && printed.iter().all(|line| take(&mut left, line))
        }
    };
    match same {
        true => Ok(()),
        false => Err(format!("it is recorded to print {recorded:?}, but prints {printed:?}")),
    }
}

/// The lines that are recorded for the same example in the other language, if
/// it is recorded there.
fn twin(book: &Book, stored: &Stored) -> Vec<String> {
    let header = &stored.recording.header;
    let other = match header.language {
        Language::Rust => Language::Python,
        Language::Python => Language::Rust,
    };
    let twin = book.kept(&header.program, other).and_then(|kept| kept.stored().ok());
    twin.map_or_else(Vec::new, texts)
}

/// Takes `line` out of `lines`, once; whether it was there.
fn take(lines: &mut Vec<String>, line: &str) -> bool {
    let at = lines.iter().position(|other| other == line);
    at.map(|at| lines.remove(at)).is_some()
}

/// The folder of the examples' executables. `cargo test` makes them before it runs
/// any test; cargo is asked once more only where it was told to make this one alone.
fn examples(book: &Book) -> PathBuf {
    let test = std::env::current_exe().expect("this test's own path");
    let folder = test.ancestors().nth(2).expect("it is in target/debug/deps").join("examples");
    let time = |path: PathBuf| fs::metadata(path)?.modified();
    let all = ["Cargo.toml", "Cargo.lock", "examples/Cargo.toml", "crates/timed/src/lib.rs"];
    let is_made = |name: &String| {
        let made = time(folder.join(name)).ok()?;
        let main = Source::path(&book.root, name, Language::Rust);
        let from = all.iter().map(|path| book.root.join(path)).chain([main]);
        Some(from.map(time).all(|changed| changed.is_ok_and(|changed| changed < made)))
    };
    if !book.examples.iter().all(|example| is_made(&example.name) == Some(true)) {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            .args(["build", "--quiet", "--offline", "--package", "examples", "--examples"])
            .current_dir(&book.root)
            .status();
        assert!(built.expect("cargo").success(), "the examples do not compile");
    }
    folder
}

#[test]
fn on_stock_tokio_the_examples_print_what_is_recorded_and_no_line_earlier() {
    let examples = examples(&Book::read(&repository()).expect("the book"));
    check_all(Language::Rust, |book, stored| {
        let name = &stored.recording.header.program;
        let output = stdout(&mut Command::new(examples.join(name)))?;
        let mut lines = Vec::new();
        for line in output.lines() {
            let stamped = line.strip_prefix('[').and_then(|line| line.split_once(" s] "));
            let (seconds, text) = stamped.ok_or(format!("no time before {line:?}"))?;
            let seconds: f64 = seconds.trim().parse().map_err(|e| format!("{line:?}: {e}"))?;
            lines.push((seconds, text));
        }
        let end = lines.pop();
        if !matches!(end, Some((_, "(end)")) | None) {
            return Err(format!("the last line is {end:?}, not (end)"));
        }
        same(book, stored, &lines.iter().map(|(_, text)| *text).collect::<Vec<_>>())?;
        // On tokio's paused clock no time passes outside.
        let program = book.example(name).and_then(|example| example.program(Language::Rust));
        let text = program.ok_or("it is gone")?.text().map_err(|error| error.to_string())?;
        if text.contains("start_paused") {
            return Ok(());
        }
        let recorded = recorded(stored);
        let start = recorded.first().map_or(0.0, |(t, _)| *t);
        if stored.recording.header.class == Class::Exact {
            for ((t, text), (stamp, _)) in recorded.iter().zip(&lines) {
                if *stamp + ROUNDING < t - start {
                    return Err(format!("{text:?} comes at {stamp}, before its time {t}"));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn under_plain_python_the_twins_print_what_is_recorded() {
    let here = book::runs::Python::here();
    check_all(Language::Python, |book, stored| {
        let name = &stored.recording.header.program;
        let program = Source::path(&book.root, name, Language::Python);
        if let Some(why) = here.cannot_run(&program) {
            eprintln!("skipped: {name}: {why}");
            return Ok(());
        }
        let output = stdout(Command::new(recorder::python::interpreter()).arg(program))?;
        same(book, stored, &output.lines().collect::<Vec<_>>())
    });
}
