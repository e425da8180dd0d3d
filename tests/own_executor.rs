//! The executor of `own_executor`, and its loop in Python, run `v1` to `v8`
//! unchanged, and do what tokio's and asyncio's recordings say.
//!
//! What it does, it prints in parentheses: `(poll 0)`. That is compared with the
//! recording event by event, times included. What may differ is in [`expected`].

use std::fs;
use std::path::Path;
use std::process::Command;

use pages::library::{Book, Example};
use recorder::program::{Options, Program};
use recorder::{python, rust};
use recording::event::{By, Event, Language, Recording, What};

const NAMES: [&str; 8] = ["v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8"];

/// What is printed when.
type Lines = Vec<(u64, String)>;

/// The book, with its examples.
fn book() -> Book {
    Book::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the book")
}

/// What the page shows of the program of `name`.
fn listing(book: &Book, name: &str, language: Language) -> String {
    let program = book.example(name).and_then(|example| Example::program(example, language));
    program.expect(name).listing().expect(name).text
}

/// The program of `name` on the executor of `own_executor`.
fn on_own(book: &Book, name: &str, language: Language) -> String {
    let whole = listing(book, "own_executor", language);
    let (separator, is_above) = match language {
        Language::Rust => ("// What is called tokio above", false),
        Language::Python => ("import asyncio\n", true),
    };
    let (above, below) = whole.split_once(separator).expect("the program, and the executor");
    let v8 = listing(book, "v8", language);
    let (executor, program) = match is_above {
        true => (above.to_owned(), format!("{separator}{below}")),
        false => (format!("{separator}{below}"), above.to_owned()),
    };
    assert_eq!(program.trim(), v8.trim(), "{language}: the listing has v8 unchanged");
    let program = listing(book, name, language);
    if is_above { executor + &program } else { format!("{program}\n{executor}") }
}

/// What tokio or asyncio did, in the words of the own executor.
fn expected(recording: &Recording) -> Lines {
    let [step, pending, ready, dropped] = match recording.header.language {
        Language::Rust => ["poll", "pending", "ready", "drop"],
        Language::Python => ["step", "suspended", "done", "close"],
    };
    let mut lines = Lines::new();
    let mut closed = Vec::new();
    for Event { t, what, .. } in &recording.events {
        let line = match what {
            // asyncio throws an exception into a task that is left, which is a step
            // more. The own loop closes the coroutine.
            What::Wake { task, .. } | What::Poll { task, .. } if closed.contains(task) => continue,
            What::Poll { task, .. } => format!("({step} {task})"),
            What::Pending { task, .. } => format!("({task} is {pending})"),
            What::Ready { task } => format!("({task} is {ready})"),
            What::Print { text, .. } => text.clone(),
            What::Cancel { task, .. } => {
                closed.push(*task);
                format!("({dropped} {task})")
            }
            What::Wake { task, by } => {
                // A task of the own executor wakes who waits for it in its last poll.
                let ends = matches!(by, By::Task(_)) && recording.header.language == Language::Rust;
                let at = lines.len() - usize::from(ends);
                lines.insert(at, (*t, format!("(wake {task})")));
                continue;
            }
            What::Spawn { .. } | What::Timer { .. } | What::End { .. } => continue,
            What::Cancelled { .. } => continue,
            other => panic!("{}: {other:?}", recording.header.program),
        };
        lines.push((*t, line));
    }
    lines
}

/// What a program on the own executor printed. That it waits is no event of tokio.
fn printed(recording: &Recording) -> Lines {
    let prints = recording.events.iter().filter_map(|event| match &event.what {
        What::Print { text, .. } if text != "(nothing to run)" => Some((event.t, text.clone())),
        _ => None,
    });
    prints.collect()
}

/// Compares each of the eight with what is recorded of it.
fn check(language: Language, run: impl FnOnce(&[Program]) -> Vec<Recording>) {
    let book = book();
    let folder = recorder::scratch::folder().expect("a folder");
    let programs = NAMES.map(|name| {
        let extension = if language == Language::Rust { "rs" } else { "py" };
        let path = folder.path().join(format!("own_{name}.{extension}"));
        fs::write(&path, on_own(&book, name, language)).expect("a program");
        Program::at(&path).expect("a program")
    });
    for (name, run) in NAMES.into_iter().zip(run(&programs)) {
        let stored = book.recording(name, language).expect(name);
        assert_eq!(printed(&run), expected(stored), "{name} in {language}");
    }
}

#[test]
fn it_does_what_tokio_does_with_v1_to_v8() {
    check(Language::Rust, |programs| {
        let compiled = rust::compile(programs).expect("they compile");
        let session = |it: rust::Compiled| it.start(&Options::default()).expect("a run");
        compiled.into_iter().map(|it| session(it).into_recording().expect("a run")).collect()
    });
}

#[test]
fn in_python_it_does_what_asyncio_does() {
    if let Err(error) = Command::new(python::interpreter()).arg("--version").output() {
        assert!(!recorder::everything_required(), "python3 is required here: {error}");
        eprintln!("skipped, no python3: {error}");
        return;
    }
    check(Language::Python, |programs| {
        let session = |it| python::start(it, &Options::default()).expect("a run");
        programs.iter().map(|it| session(it).into_recording().expect("a run")).collect()
    });
}

#[test]
fn what_waits_for_a_socket_is_the_same_executor_and_more() {
    let book = book();
    for language in [Language::Rust, Language::Python] {
        let [plain, with_socket] = ["own_executor", "own_executor_with_a_socket"].map(|name| {
            let text = listing(&book, name, language);
            let parts = match language {
                Language::Rust => text.split_once("// What is called tokio").map(|it| it.1),
                Language::Python => text.split_once("# What is called asyncio").map(|it| it.0),
            };
            parts.expect("the executor").to_owned()
        });
        let changed: Vec<&str> =
            plain.lines().filter(|line| !with_socket.lines().any(|it| it == *line)).collect();
        assert!(changed.len() <= 3, "{language}: only how it sleeps may be another: {changed:#?}");
    }
}
