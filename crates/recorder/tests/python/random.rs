//! Random programs: the rules hold, the same bytes come twice, and what is
//! printed is what Python prints without the recorder.
//!
//! A program is data, run by `interpreter.py`. Without the recorder it sleeps
//! in earnest, so only programs count whose timers are well apart.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use recording::event::{Event, What};
use recording::session::Ending;
use serde_json::{Value, json};

use crate::support::{PYTHONS, Python, prints_by_itself, show};

/// How many programs each Python runs; an environment variable of this name
/// can ask for more.
const CASES: (&str, usize) = ("PROPTEST_CASES", 40);

/// Timers that are due closer together than this, in microseconds, may go off
/// in another order on the machine's clock.
const APART: u64 = 12_000;

fn operation() -> impl Strategy<Value = Value> {
    let ms = 5..300u32;
    let leaf = prop_oneof![
        3 => "[a-z]".prop_map(|word| json!(["show", word])),
        3 => ms.clone().prop_map(|ms| json!(["sleep", ms])),
        1 => Just(json!(["turn"])),
        1 => Just(json!(["join"])),
        1 => Just(json!(["cancel"])),
        1 => "[a-z]".prop_map(|word| json!(["put", word])),
        1 => ms.clone().prop_map(|ms| json!(["get", ms])),
        1 => Just(json!(["set"])),
        1 => Just(json!(["wait"])),
        1 => "[a-z]".prop_map(|word| json!(["fail", word])),
    ];
    leaf.prop_recursive(3, 24, 5, move |inner| {
        let several = prop::collection::vec(inner, 1..5);
        prop_oneof![
            4 => several.clone().prop_map(|ops| json!(["spawn", ops])),
            1 => several.clone().prop_map(|ops| json!(["locked", ops])),
            1 => several.clone().prop_map(|ops| json!(["permitted", ops])),
            1 => prop::collection::vec(several.clone(), 1..4)
                .prop_map(|all| json!(["gather", all])),
            1 => (ms.clone(), several).prop_map(|(ms, ops)| json!(["within", ms, ops])),
        ]
    })
}

fn programs(count: usize) -> Vec<String> {
    let strategy = prop::collection::vec(operation(), 2..7);
    let mut runner = TestRunner::deterministic();
    let mut program = || strategy.new_tree(&mut runner).expect("nothing is rejected").current();
    (0..count).map(|_| Value::from(program()).to_string()).collect()
}

/// The script that interprets the program.
fn script(program: &str) -> String {
    let interpreter = include_str!("interpreter.py");
    format!("{interpreter}\n\nPROGRAM = r'''{program}'''\nasyncio.run(main())\n")
}

/// Whether no two timers are so close that a real clock may swap them.
fn are_apart(events: &[Event]) -> bool {
    let timers = events.iter().filter_map(|event| match event.what {
        What::Timer { us, .. } => Some((event.t + us, event.t)),
        _ => None,
    });
    let mut timers: Vec<(u64, u64)> = timers.collect();
    timers.sort_unstable();
    timers.dedup();
    timers.windows(2).all(|pair| pair[1].0 - pair[0].0 >= APART)
}

/// Whether the program could be compared; says what differs.
fn compare(python: &Python, program: &str) -> Result<bool, String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("random.py");
    std::fs::write(&path, script(program)).unwrap();
    let recorded = python.record_file(&path);
    // A lock taken twice is a deadlock, and found to be one.
    if !matches!(recorded.ending, Ending::Exit(0) | Ending::Stuck) {
        return Err(format!("{program}: {:?} {}", recorded.ending, recorded.stderr));
    }
    if python.record_file(&path).recording != recorded.recording {
        return Err(format!("{program}: another recording the second time"));
    }
    if recorded.ending == Ending::Stuck || !are_apart(&recorded.recording.events) {
        return Ok(false);
    }
    let same = prints_by_itself(python, &path, &recorded.stdout());
    let shown =
        || format!("3.{} prints else: {program}\n{}", python.minor, show(&recorded.recording));
    if same { Ok(true) } else { Err(shown()) }
}

#[test]
fn random_programs_print_what_they_print_without_the_recorder() {
    let asked = std::env::var(CASES.0).ok().and_then(|cases| cases.parse().ok());
    let programs = programs(asked.unwrap_or(CASES.1));
    for python in PYTHONS.iter() {
        let (next, compared) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let failures = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                        match compare(python, program) {
                            Ok(true) => _ = compared.fetch_add(1, Ordering::Relaxed),
                            Ok(false) => {}
                            Err(failure) => failures.lock().unwrap().push(failure),
                        }
                    }
                });
            }
        });
        let failures = failures.into_inner().unwrap();
        assert!(failures.is_empty(), "{} failed, the first:\n{}", failures.len(), failures[0]);
        let compared = compared.into_inner();
        assert!(compared * 3 >= programs.len(), "only {compared} could be compared");
    }
}
