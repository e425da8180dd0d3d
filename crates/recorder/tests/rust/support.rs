//! Programs to record, and what can be asked of their recordings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use recorder::program::{Options, Program};
use recorder::rust::{self, Compiled};
use recording::check::check;
use recording::event::{By, Event, Header, Line, Source, What};
use recording::names::Names;
use recording::on::Held;
use recording::session::Ending;
use recording::thread::Thread;

use crate::kinds::kinds;

/// The workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// Every example of the book, compiled.
pub fn examples() -> Vec<Compiled> {
    let mut programs: Vec<Program> = std::fs::read_dir(root().join("examples"))
        .unwrap()
        .filter_map(|folder| {
            let folder = folder.unwrap().path();
            let path = folder.join("main.rs");
            let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
            path.exists().then(|| Program { name, ..Program::at(&path).unwrap() })
        })
        .collect();
    programs.sort_by(|a, b| a.name.cmp(&b.name));
    rust::compile(&programs).unwrap()
}

/// `tests/rust/programs/NAME.rs`, compiled.
pub fn program(name: &str) -> &'static Compiled {
    // All in one go: cargo compiles them side by side, and no test waits for
    // another's.
    static ALL: OnceLock<BTreeMap<String, Compiled>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let folder = root().join("crates/recorder/tests/rust/programs");
        let programs: Vec<Program> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| Program::at(&file.unwrap().path()).unwrap())
            .collect();
        let all = rust::compile(&programs).unwrap();
        all.into_iter().map(|compiled| (compiled.program.name.clone(), compiled)).collect()
    });
    &all[name]
}

/// Runs `program`; its events hold to the rules, and it ended well.
pub fn run(program: &Compiled) -> (Header, Vec<Event>) {
    let name = &program.program.name;
    let (ending, header, events) = run_to(program, Duration::from_secs(60));
    assert_eq!(ending, Ending::Exit(0), "{name}");
    check(&events).unwrap_or_else(|broken| panic!("{name}: {broken}"));
    (header, events)
}

/// Runs `program` until it ends, `timeout` at most.
pub fn run_to(program: &Compiled, timeout: Duration) -> (Ending, Header, Vec<Event>) {
    let session = program.start(&Options::within(timeout)).unwrap();
    let ending = session.ending.clone();
    let recording = session.into_recording().unwrap();
    (ending, recording.header, recording.events)
}

/// What was printed, each line behind its time in µs and the name of its task.
pub fn prints(events: &[Event]) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    let mut printed = Vec::new();
    for Event { t, what, .. } in events {
        match what {
            What::Spawn { name, .. } => names.push(name),
            What::Print { text, task, .. } => {
                let name = task.map_or("-", |task| names[task as usize]);
                printed.push(format!("{t} {name}: {text}"));
            }
            _ => {}
        }
    }
    printed
}

/// The events of `tests/rust/programs/NAME.rs`, a sentence each.
pub fn story(name: &str) -> Vec<String> {
    tell(&run(program(name)).1)
}

/// Events, a sentence each; lines of the program in parentheses, where known.
pub fn tell(events: &[Event]) -> Vec<String> {
    let names = Names::of_events(events);
    let mut told = Vec::new();
    for Event { what, .. } in events {
        let who = |task: &u32| names.base(*task);
        let maybe = |task: &Option<u32>| task.map_or("-", |task| who(&task));
        let by = |thread: &Option<Thread>, task: &Option<u32>| match thread {
            Some(thread) => thread.words().into_owned(),
            None => maybe(task).to_owned(),
        };
        let at = |line: &Option<Line>| line.map_or(String::new(), |line| format!(" ({line})"));
        told.push(match what {
            What::Spawn { task, by: None, .. } => format!("{} begins", who(task)),
            What::Spawn { task, by: Some(by), .. } => format!("{} spawns {}", who(by), who(task)),
            What::Poll { task, inside: None, line } => format!("{} polled{}", who(task), at(line)),
            What::Poll { task, inside: Some(host), .. } => {
                format!("{} polled inside {}", who(task), who(host))
            }
            What::Print { task, thread, text, .. } => {
                format!("{} prints {text}", by(thread, task))
            }
            What::Timer { task, us, .. } => format!("{} sets a timer of {us}", maybe(task)),
            What::Pending { task, on, line, .. } => {
                let on = on.as_ref().map(|on| kinds(on, &names));
                format!("{} waits for {}{}", who(task), on.as_deref().unwrap_or("?"), at(line))
            }
            What::Wake { task, by } => match by {
                By::Task(by) => format!("{} wakes {}", who(by), who(task)),
                By::Source(Source::Timer) => format!("the timer wakes {}", who(task)),
                By::Source(Source::Io) => format!("io wakes {}", who(task)),
                By::Source(Source::Runtime) => format!("the runtime wakes {}", who(task)),
            },
            What::Ready { task } => format!("{} ready", who(task)),
            What::Cancel { task, by: None, .. } => format!("{} dropped", who(task)),
            What::Cancel { task, by: Some(By::Task(by)), .. } => {
                format!("{} drops {}", who(by), who(task))
            }
            What::Cancel { task, by: Some(By::Source(by)), .. } => {
                format!("{by:?} drops {}", who(task))
            }
            What::Hold { resource, held } => {
                let who = |held: &Held| {
                    let handed = if held.handed { ", who is to come" } else { "" };
                    format!("{}{}{handed}", maybe(&held.task), at(&held.line))
                };
                let held: Vec<String> = held.iter().map(who).collect();
                format!("resource {resource} is had by {}", held.join(" and "))
            }
            What::Lost { task, what, n, .. } => {
                let n = n.map_or(String::new(), |n| format!("{n} "));
                format!("{} loses {n}{what:?}", maybe(task))
            }
            What::Call { call, how, .. } => format!("call {call}: {how:?}"),
            What::Trouble { what, line, .. } => format!("trouble: {what:?}{}", at(line)),
            What::Resource { resource, kind, name, line } => {
                format!("resource {resource}: {kind:?} {name:?}{}", at(line))
            }
            What::Cancelled { task } => format!("{} cancelled", who(task)),
            What::Block { task, thread, us, .. } => {
                format!("{} blocks for {us}", by(thread, task))
            }
            What::Panic { task, text, line, .. } => {
                format!("{} panics: {text}{}", who(task), at(line))
            }
            What::Enter { task, branch } => format!("{} > {branch}", who(task)),
            What::Leave { task, branch, how } => format!("{} < {branch}: {how:?}", who(task)),
            What::End { task } => format!("end of {}", who(task)),
            What::Exit { task, status, line } => {
                format!("{} exits with {status}{}", maybe(task), at(line))
            }
        });
    }
    told
}

/// Asserts that `told` has `lines`, in that order, with anything between them.
#[track_caller]
pub fn assert_told(told: &[String], lines: &[&str]) {
    let mut rest = told.iter();
    for line in lines {
        assert!(
            rest.any(|other| other == line),
            "no `{line}` in its place in\n{}",
            told.join("\n")
        );
    }
}
