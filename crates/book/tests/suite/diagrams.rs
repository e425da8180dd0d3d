//! Diagrams of programs of all sorts, in mermaid itself: the version on the
//! pages, and the one after it. Their tasks are called as they are, and in ways
//! that mislead, which must change nothing of what is found.

use std::collections::HashMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use draw::{self, Scene};
use recorder::program::{Options, Program};
use recorder::{python, rust};
use recording::event::{Language, Recording, What};
use recording::part::{Part, Window};
use recording::session::{Ending, Session};
use serde_json::Value;

use crate::support::book::repository;
use crate::support::browser::{Browser, Opened};
use crate::support::patience::given_time;
use crate::support::wait_until;
use crate::trace::{Traced, findings};

/// Names that mean something in a diagram or a sentence, or look as if they did.
const NASTY: [&str; 21] = [
    "",
    "  ",
    "end",
    "a and b",
    "job #1",
    "job",
    "wrap: it",
    "nowrap:x",
    "participant",
    "xylophone",
    "Note over x: y",
    "a->>b: c",
    "a;b#c",
    "%% x",
    "%%{init: {}}%%",
    "{\"a\": 1}",
    "<br>&amp;",
    "$$x$$",
    "\"“x”\"",
    "line\nbreak",
    "🦀é\u{202e}x",
];

/// `.ci/tools` puts it there.
const NEXT: &str = "target/tools/mermaid/package/dist/mermaid.min.js";

/// The same run, had the program called its tasks by other names: the same for
/// those of one name, others for others.
fn renamed(recording: &Recording, program: &Program, round: u64) -> Recording {
    let mut hasher = DefaultHasher::new();
    (&program.name, round).hash(&mut hasher);
    let (start, mut names) = (hasher.finish() as usize, HashMap::new());
    let mut renamed = recording.clone();
    for event in &mut renamed.events {
        if let What::Spawn { name, .. } = &mut event.what {
            let number = names.len();
            let other = names.entry(name.clone()).or_insert_with(|| {
                let nasty = NASTY[(start + number) % NASTY.len()];
                // Where there are more names than nasty ones, and sometimes.
                let times = number / NASTY.len() + if number % 7 == 5 { 40 } else { 0 };
                nasty.repeat(1 + times)
            });
            name.clone_from(other);
        }
    }
    renamed
}

/// What there is to find in a session, and of it a window.
fn part(
    recording: &Recording,
    how: (&Ending, std::time::Duration),
    window: &Window,
    text: &str,
) -> Part {
    let session = Session {
        header: recording.header.clone(),
        names: recording.names(),
        ending: how.0.clone(),
        silent: how.1,
        stderr: String::new(),
        choices: Vec::new(),
        overlap: false,
        events: Box::new(recording.events.clone().into_iter().map(Ok)),
    };
    Part::of(session, window, text).unwrap()
}

/// The diagrams of a program: of all of it, of its first half, of one task, and
/// of all of it with other names.
fn diagrams(program: &Program, session: Session, found: &mut Vec<String>) {
    let text = fs::read_to_string(&program.path).unwrap();
    let (ending, silent) = (session.ending.clone(), session.silent);
    let how = (&ending, silent);
    let recording = session.into_recording().unwrap();
    let windows = [
        Window::default(),
        Window { until: Some(50_000), ..Window::default() },
        Window { from: Some(5_000), ..Window::default() },
        Window { tasks: vec!["main".to_owned()], ..Window::default() },
    ];
    let short = |part: &Part| {
        let scene = Scene {
            around: Some(&part.around),
            cut: Some("\"cut\"; #"),
            ..Scene::new(&part.recording)
        };
        [12, 60].map(|most| draw::mermaid(&Scene { most, ..scene }))
    };
    for window in &windows {
        found.extend(short(&part(&recording, how, window, &text)));
    }
    let plain = part(&recording, how, &windows[0], &text);
    for round in 0..2 {
        let renamed = renamed(&recording, program, round);
        let other = part(&renamed, how, &windows[0], &text);
        let facts = |part: &Part| -> Vec<_> {
            let facts = part.findings.iter();
            facts.map(|one| (one.kind, one.lines.clone(), one.evidence.clone())).collect()
        };
        assert_eq!(facts(&other), facts(&plain), "{} {:?}", program.name, renamed.names());
        found.extend(short(&other));
        found.push(draw::mermaid(&Scene::new(&renamed)));
    }
    found.push(draw::mermaid(&Scene::new(&recording)));
}

fn programs() -> Vec<Program> {
    let nasty = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/programs");
    let mut programs = Vec::new();
    for folder in [findings("broken"), findings("healthy"), nasty] {
        for file in fs::read_dir(folder).unwrap() {
            programs.push(Program::at(&file.unwrap().path()).unwrap());
        }
    }
    programs
}

/// What the mermaid on a page refuses of these, with what it says.
fn refused(opened: &Opened, diagrams: &[String]) -> Vec<String> {
    let broken = opened.value("mermaid.parse('sequenceDiagram\\n a->>b').then(() => 1, () => 2)");
    assert_eq!(broken, 2, "what is no diagram is refused");
    let texts = serde_json::to_string(diagrams).unwrap();
    let parse = "text => mermaid.parse(text).then(() => '', error => `${error}\\n${text}`)";
    let wrong = opened.value(&format!("Promise.all({texts}.map({parse}))"));
    let wrong = wrong.as_array().unwrap().iter().filter_map(Value::as_str);
    wrong.filter(|error| !error.is_empty()).map(str::to_owned).collect()
}

#[test]
fn every_diagram_parses_in_mermaid_itself_and_names_change_nothing_of_what_is_found() {
    let Some(browser) = Browser::start() else { return };
    let (rust, scripts): (Vec<_>, Vec<_>) =
        programs().into_iter().partition(|program| program.language == Language::Rust);
    // Some of them do not end.
    let begun = |session: &anyhow::Result<Session>| {
        session.as_ref().is_ok_and(|session| session.names.shown().next().is_some())
    };
    let mut found = Vec::new();
    for compiled in rust::compile(&rust).unwrap() {
        let session = given_time(|timeout| compiled.start(&Options::within(timeout)), begun);
        diagrams(&compiled.program, session.unwrap(), &mut found);
    }
    if book::runs::without_python().is_none() {
        for script in scripts {
            let start = |timeout| python::start(&script, &Options::within(timeout));
            diagrams(&script, given_time(start, begun).unwrap(), &mut found);
        }
    }
    assert!(found.len() > 300, "{}", found.len());

    // The page of a run has mermaid on it, and nothing else that is needed.
    let nasty = Traced::new("nasty.rs", include_bytes!("programs/nasty.rs"));
    let page = nasty.command(&["--open"]).env("TMPDIR", nasty.folder.path()).output().unwrap();
    let page = String::from_utf8(page.stdout).unwrap();
    let opened = browser.open(&format!("file://{}", page.trim()), 1280, "light");
    wait_until("the diagram of the page", || opened.is("!!document.querySelector('figure svg')"));
    assert_eq!(opened.wrong(), [""; 0]);
    let wrong = refused(&opened, &found);
    assert!(wrong.is_empty(), "{} of {}: {}", wrong.len(), found.len(), wrong[0]);

    let next = repository().join(NEXT);
    if !next.is_file() {
        assert!(!recorder::everything_required(), "no {NEXT}, which .ci/tools brings");
        eprintln!("skipped: no {NEXT}, which .ci/tools brings");
        return;
    }
    let page = nasty.folder.path().join("next.html");
    let script = format!("<!doctype html><script src=\"file://{}\"></script>", next.display());
    fs::write(&page, script).unwrap();
    let opened = browser.open(&format!("file://{}", page.display()), 1280, "light");
    // It takes ten times as long as the one on the pages. Of each program come
    // fifteen: so all sorts are among them. `.ci/stress` has it parse all.
    let all = std::env::var_os("CONTEXT_SWITCH_TEST_ALL_DIAGRAMS").is_some();
    let found: Vec<String> = found.into_iter().step_by(if all { 1 } else { 8 }).collect();
    let wrong = refused(&opened, &found);
    assert!(wrong.is_empty(), "the next mermaid, {} of {}: {}", wrong.len(), found.len(), wrong[0]);
}
