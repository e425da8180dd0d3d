//! Random programs: their recordings hold to the rules, and they print under
//! the recorder what they print on tokio itself.

use std::cell::RefCell;
use std::path::PathBuf;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use recorder::program::{Options, Program};
use recorder::rust::{Compiled, compile};
use recording::check::check;
use recording::event::What;
use recording::findings::{Finding, Kind, findings};
use recording::session::Ending;

use crate::interpreter::{Body, Op, WAYS, read, run, write};
use crate::support::run_to;

/// How many programs are tried.
const PROGRAMS: u32 = 300;

/// What makes the interpreter a program: it reads what to do from a file
/// beside itself.
const MAIN: &str = r#"
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut path = std::env::current_exe().unwrap();
    path.set_extension("input");
    let text = std::fs::read_to_string(path).unwrap();
    run(read(&mut text.as_str()), |line| println!("{line}")).await;
}
"#;

/// On tokio's own clock, which stands still while anybody is ready.
const PAUSED: &str = ", start_paused = true)]";

/// The interpreter, under a `name` of its own, as each has one input; its
/// `tokio::main` ends so.
fn interpreter(name: &str, end: &str) -> Compiled {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.rs"));
    let main = MAIN.replacen(")]", end, 1);
    std::fs::write(&path, format!("{}{main}", include_str!("interpreter.rs"))).unwrap();
    compile(&[Program::at(&path).unwrap()]).unwrap().pop().unwrap()
}

fn bodies() -> impl Strategy<Value = Body> {
    let number = 0..3_usize;
    // Few different times, so that some fall together.
    let ms = (1..6_u64).prop_map(|n| n * 10);
    let step = prop_oneof![
        3 => Just(Op::Print),
        3 => ms.clone().prop_map(Op::Sleep),
        1 => Just(Op::Yield),
        2 => number.clone().prop_map(Op::Await),
        1 => number.clone().prop_map(Op::Abort),
        2 => number.clone().prop_map(Op::Send),
        2 => number.clone().prop_map(Op::Receive),
        1 => Just(Op::Notify),
        1 => Just(Op::Notified),
        1 => Just(Op::Announce),
        1 => Just(Op::Hear),
        1 => Just(Op::Change),
        1 => Just(Op::Changed),
        1 => Just(Op::Meet),
    ];
    vec(step, 1..6).prop_recursive(4, 48, 4, move |inner| {
        let step = prop_oneof![
            1 => Just(Op::Print),
            1 => number.clone().prop_map(Op::Await),
            4 => inner.clone().prop_map(Op::Spawn),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| Op::Join(a, b)),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| Op::Select(a, b)),
            1 => (number.clone(), inner.clone()).prop_map(|(n, a)| Op::Lock(n, a)),
            1 => (number.clone(), inner.clone()).prop_map(|(n, a)| Op::Acquire(n, a)),
            1 => (ms.clone(), inner.clone()).prop_map(|(ms, a)| Op::Timeout(ms, a)),
            4 => (0..WAYS, vec(inner.clone(), 0..4)).prop_map(|(way, all)| Op::Several(way, all)),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| Op::Race(a, b)),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| Op::Answer(a, b)),
            1 => inner.clone().prop_map(Op::Read),
            1 => inner.prop_map(Op::Write),
        ];
        vec(step, 1..6)
    })
}

/// Programs in which whoever has something gives it back: no body of a lock asks
/// for another thing.
fn takers() -> impl Strategy<Value = Body> {
    let ms = (1..6_u64).prop_map(|n| n * 10);
    let step = prop_oneof![
        1 => Just(Op::Print),
        3 => ms.clone().prop_map(Op::Sleep),
        1 => Just(Op::Yield),
    ];
    let holds = vec(step, 1..4);
    let takes = prop_oneof![
        4 => (0..2_usize, holds.clone()).prop_map(|(n, a)| Op::Lock(n, a)),
        2 => (0..2_usize, holds.clone()).prop_map(|(n, a)| Op::Acquire(n, a)),
        1 => holds.clone().prop_map(Op::Read),
        1 => holds.prop_map(Op::Write),
        1 => ms.clone().prop_map(Op::Sleep),
        1 => (0..3_usize).prop_map(Op::Abort),
    ];
    vec(takes, 1..6).prop_recursive(3, 48, 5, move |inner| {
        let several = (0..WAYS, vec(inner.clone(), 1..4));
        let step = prop_oneof![
            4 => inner.clone().prop_map(Op::Spawn),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| Op::Join(a, b)),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| Op::Select(a, b)),
            2 => (ms.clone(), inner).prop_map(|(ms, a)| Op::Timeout(ms, a)),
            1 => several.prop_map(|(way, all)| Op::Several(way, all)),
            2 => ms.clone().prop_map(Op::Sleep),
        ];
        vec(step, 1..6)
    })
}

thread_local! {
    static PRINTED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What `body` prints on tokio itself, on its paused clock.
fn stock(body: Body) -> Vec<String> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().start_paused(true).build().unwrap();
    runtime.block_on(run(body, |line| PRINTED.with_borrow_mut(|printed| printed.push(line))));
    drop(runtime);
    PRINTED.take()
}

#[test]
fn random_programs_print_what_they_print_on_tokio_itself() {
    let interpreter = interpreter("interpreter", PAUSED);
    let input = interpreter.executable.with_extension("input");
    let mut runner =
        TestRunner::new(Config { cases: PROGRAMS, failure_persistence: None, ..Config::default() });
    let result = runner.run(&bodies(), |body| {
        let text = write(&body);
        prop_assert_eq!(&write(&read(&mut text.as_str())), &text);
        std::fs::write(&input, &text).unwrap();
        let (ending, _, events) = run_to(&interpreter, Duration::from_secs(60));
        prop_assert_eq!(ending, Ending::Exit(0));
        let broken = check(&events).err();
        prop_assert!(broken.is_none(), "{:?}", broken);
        let printed: Vec<String> = events
            .into_iter()
            .filter_map(|event| match event.what {
                What::Print { text, .. } => Some(text),
                _ => None,
            })
            .collect();
        prop_assert_eq!(printed, stock(body));
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn random_programs_that_hand_on_what_they_have_are_in_no_deadlock() {
    let interpreter = interpreter("takers", ")]");
    let input = interpreter.executable.with_extension("input");
    let mut runner =
        TestRunner::new(Config { cases: PROGRAMS, failure_persistence: None, ..Config::default() });
    let result = runner.run(&takers(), |body| {
        std::fs::write(&input, write(&body)).unwrap();
        let session = interpreter.start(&Options::default()).unwrap();
        let (ending, silent) = (session.ending.clone(), session.silent);
        prop_assert_eq!(&ending, &Ending::Exit(0));
        let recording = session.into_recording().unwrap();
        let found = findings(&recording, &ending, silent, &interpreter.text, None);
        let wrong: Vec<&Finding> =
            found.iter().filter(|one| matches!(one.kind, Kind::Deadlock | Kind::Stuck)).collect();
        prop_assert!(wrong.is_empty(), "{:?}", wrong);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
