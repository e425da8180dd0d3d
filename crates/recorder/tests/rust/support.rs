//! Programs to record, and what can be asked of their recordings.

use std::path::{Path, PathBuf};

use recorder::check::check;
use recorder::event::{Event, Header, What};
use recorder::rust::{self, Compiled};
use recorder::session::{Ending, Options, Program};

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

/// Runs `program`; its events hold to the rules, and it ended well.
pub fn run(program: &Compiled) -> (Header, Vec<Event>) {
    let name = &program.program.name;
    let session = program.start(&Options::default()).unwrap();
    assert_eq!(session.ending, Ending::Exit(0), "{name}: {}", session.stderr);
    let recording = session.into_recording().unwrap();
    check(&recording.events).unwrap_or_else(|broken| panic!("{name}: {broken}"));
    (recording.header, recording.events)
}

/// What was printed, each line behind its time in µs and the name of its task.
pub fn prints(events: &[Event]) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    let mut printed = Vec::new();
    for Event { t, what } in events {
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
