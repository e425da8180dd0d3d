//! What is found wrong with programs: with broken ones what is broken, with
//! healthy ones nothing.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use recorder::program::{Options, Program};
use recorder::{python, rust};
use recording::event::Language;
use recording::findings::{Finding, Kind, findings};
use recording::session::Session;

#[path = "support/patience.rs"]
mod patience;

/// Programs that have to be stopped, once they have got to what is wrong with them.
const ENDLESS: [&str; 3] = ["asks_over_and_over", "never_gives_back", "not_cancelled"];

/// What is found wrong with each of the programs in a folder of
/// `tests/findings`; without Python, nothing is said of the scripts.
fn found(folder: &str) -> BTreeMap<String, Vec<Finding>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings").join(folder);
    let mut programs: Vec<Program> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| Program::at(&file.unwrap().path()).unwrap())
        .collect();
    programs.sort_by(|a, b| a.path.cmp(&b.path));
    let (rust, python): (Vec<_>, Vec<_>) =
        programs.into_iter().partition(|program| program.language == Language::Rust);
    let mut found = BTreeMap::new();
    for compiled in rust::compile(&rust).unwrap() {
        found.insert(
            file_name(&compiled.program),
            of_a_run(&compiled.program, |o| compiled.start(o)),
        );
    }
    let skips = Command::new(python::interpreter()).arg("--version").output().is_err()
        && !recorder::everything_required();
    for program in python.into_iter().filter(|_| !skips) {
        found.insert(file_name(&program), of_a_run(&program, |o| python::start(&program, o)));
    }
    found
}

fn file_name(program: &Program) -> String {
    program.path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// What is found in a run of the program; one that does not end runs until that is
/// what is expected, or the time is up.
fn of_a_run(
    program: &Program,
    start: impl Fn(&Options) -> anyhow::Result<Session>,
) -> Vec<Finding> {
    if !ENDLESS.contains(&program.name.as_str()) {
        return of_session(program, start(&Options::default()).unwrap());
    }
    let run = |timeout| start(&Options::within(timeout)).map(|run| of_session(program, run));
    let is_expected = |found: &anyhow::Result<Vec<Finding>>| {
        found.as_ref().is_ok_and(|found| found.iter().map(|one| one.kind).eq(kinds(program)))
    };
    patience::given_time(run, is_expected).unwrap()
}

/// What is wrong with it.
fn kinds(program: &Program) -> impl Iterator<Item = Kind> {
    let name = file_name(program);
    EXPECTED.iter().filter(move |(expected, ..)| *expected == name).map(|(_, kind, ..)| *kind)
}

fn of_session(program: &Program, session: Session) -> Vec<Finding> {
    let (ending, silent) = (session.ending.clone(), session.silent);
    let recording = session.into_recording().unwrap();
    let text = std::fs::read_to_string(&program.path).unwrap();
    let findings = findings(&recording, &ending, silent, &text, None);
    for finding in &findings {
        assert!(
            !finding.evidence.is_empty()
                && finding.evidence.iter().all(|at| recording.events[at.event].t == at.t),
            "{}: {finding:?}",
            program.name
        );
    }
    findings
}

/// A broken program, what is found in it, at which lines, in a sentence that
/// begins so.
type Expected = (&'static str, Kind, &'static [u32], &'static str);

const EXPECTED: &[Expected] = &[
    (
        "collected.py",
        Kind::Destroyed,
        &[7],
        "reply was destroyed unfinished, still waiting for a future (line 7): nothing kept it",
    ),
    (
        "callback_raises.py",
        Kind::Unseen,
        &[9],
        "a callback raised at line 9: KeyError: 'token', and nothing caught it",
    ),
    (
        "handler_raises.py",
        Kind::Unseen,
        &[7],
        "serve raised at line 7: ValueError: invalid literal for int() with base 10: b'seven",
    ),
    (
        "logged_and_lost.py",
        Kind::NotRetrieved,
        &[9],
        "save raised at line 9: OSError: disk full, and nobody asked for its result",
    ),
    (
        "lock_left.py",
        Kind::Stuck,
        &[6],
        "nothing is left that could wake anybody: change #2 waits for the lock (line 6), \
         which change #1 took at line 6 and still had when it ended",
    ),
    (
        "lock_left.py",
        Kind::NotRetrieved,
        &[8],
        "change #1 raised at line 8: ValueError: invalid literal for int() with base 10: 'one', \
         and nobody asked for its result",
    ),
    (
        "worker_fails.py",
        Kind::Stuck,
        &[16, 6, 8],
        "nothing is left that could wake anybody: main waits for the queue to be worked off \
         (line 16), work #2 waits for a message (line 6); this may be because work #1 failed \
         at line 8",
    ),
    (
        "worker_fails.py",
        Kind::NotRetrieved,
        &[8],
        "work #1 raised at line 8: ValueError: bad, and nobody asked for its result",
    ),
    (
        "not_cancelled.py",
        Kind::Uncancelled,
        &[8],
        "poll was cancelled and goes on (line 8): what catches CancelledError in it has to",
    ),
    (
        "other_thread.py",
        Kind::OtherThread,
        &[10],
        "thread worker called the loop at line 10, which is another thread's",
    ),
    (
        "always_full.rs",
        Kind::ChannelFull,
        &[10],
        "produce waited for room 28 times (line 10), 2.7 s of 2.7 s in all: what it sends to was",
    ),
    (
        "buffered_lock.rs",
        Kind::Deadlock,
        &[18, 7],
        "deadlock: main waits at line 18 for the lock that was handed on to a future of its own, \
         which waits for it at line 7 and which it does not poll any more",
    ),
    (
        "futurelock.rs",
        Kind::Deadlock,
        &[7, 7],
        "deadlock: main waits at line 7 for the lock that was handed on to a future of its own, \
         which waits for it at line 7 and which it does not poll any more",
    ),
    (
        "hands_on_and_asks_again.rs",
        Kind::Stuck,
        &[20, 14],
        "nothing is left that could wake anybody: main waits for the lock (line 20), which adds \
         took at line 13, adds waits for a message (line 14)",
    ),
    (
        "lags_behind.rs",
        Kind::Lagged,
        &[9],
        "reads missed 3 values of its broadcast channel (line 9): others came before it took \
         them, and the program does not ask for the error that says so",
    ),
    (
        "nested_permits.rs",
        Kind::Deadlock,
        &[7, 7, 7, 7],
        "deadlock: crawl #1 waits at line 7 for a permit, crawl #2 waits at line 7 for a permit, \
         and they have all of them: crawl #1 took one at line 7, crawl #2 took one at line 7",
    ),
    (
        "notifies_nobody.rs",
        Kind::Missed,
        &[12, 15],
        "serve waits for a notification (line 12), and the one that main sent before (line 15) \
         went to nobody: notify_waiters keeps none for later",
    ),
    (
        "reads_again.rs",
        Kind::Deadlock,
        &[13, 11],
        "deadlock: main waits at line 13 for the lock, to read, that it took itself at line 11 \
         and still has",
    ),
    (
        "sets_itself.rs",
        Kind::Deadlock,
        &[9, 9],
        "deadlock: main waits at line 9 for the cell to be set that it is setting itself at line 9",
    ),
    (
        "writes_while_it_reads.rs",
        Kind::Deadlock,
        &[10, 7],
        "deadlock: main waits at line 10 for the lock, to write, that it took itself at line 7 \
         and still has",
    ),
    ("asks_over_and_over.rs", Kind::Spins, &[9], "main gave its turn away "),
    (
        "event_never_set.py",
        Kind::Stuck,
        &[12],
        "nothing is left that could wake anybody: work waits for the event (line 12)",
    ),
    (
        "forgotten.py",
        Kind::Unfinished,
        &[12],
        "save was cancelled unfinished at the end of main, still waiting for 1 s (line 12): \
         nothing awaited it",
    ),
    (
        "forgotten.rs",
        Kind::Unfinished,
        &[13],
        "save was dropped unfinished at the end of main, still waiting for 50 ms (line 13): \
         nothing awaited it",
    ),
    (
        "given_up.rs",
        Kind::Deadlock,
        &[20, 18, 20, 18],
        "deadlock: both #1 waits at line 20 for the lock that both #2 took at line 18, \
         both #2 waits at line 20 for the lock that both #1 took at line 18",
    ),
    (
        "joins_under_lock.rs",
        Kind::Deadlock,
        &[9, 14, 7],
        "deadlock: main waits at line 9 for worker to finish, \
         worker waits at line 14 for the lock that main took at line 7",
    ),
    (
        "keeps_a_sender.rs",
        Kind::Stuck,
        &[10],
        "nothing is left that could wake anybody: main waits for a message (line 10)",
    ),
    (
        "locks_twice.rs",
        Kind::Deadlock,
        &[12, 6],
        "deadlock: main waits at line 12 for the lock that it took itself at line 6 and still has",
    ),
    (
        "never_awaited.py",
        Kind::NotAwaited,
        &[5],
        "the coroutine save was made at line 5 and never awaited: nothing of it ran",
    ),
    (
        "never_awaited_kept.py",
        Kind::NotAwaited,
        &[],
        "the coroutine save was made and never awaited: nothing of it ran",
    ),
    ("never_gives_back.rs", Kind::Held, &[8], "main, from line 8 on, has had the thread for "),
    (
        "never_ran.rs",
        Kind::NeverRan,
        &[3, 4],
        "notify #1 and notify #2 (lines 3 and 4) never ran: \
         main was done before their first turn",
    ),
    (
        "panics_unseen.rs",
        Kind::Panicked,
        &[12],
        "parse panicked at line 12: a number: ParseIntError { kind: InvalidDigit }",
    ),
    (
        "raises_unseen.py",
        Kind::NotRetrieved,
        &[11],
        "parse raised at line 11: ValueError: invalid literal for int() with base 10: 'seven', \
         and nobody asked for its result",
    ),
    (
        "raises_in_the_end.py",
        Kind::Panicked,
        &[10],
        "main raised at line 10: ValueError: no more, and nothing caught it",
    ),
    (
        "reads_in_place.rs",
        Kind::Held,
        &[8],
        "line 8 (in main) held the thread for 320 ms: beat was late by 270 ms",
    ),
    (
        "starved_timer.rs",
        Kind::TimerReset,
        &[16],
        "the timer of 500 ms at line 16 in main was set 40 times within 3.9 s and never fired",
    ),
    (
        "time_sleep.py",
        Kind::Held,
        &[11],
        "line 11 (in fetch #1 to #3) held the thread 3 times, up to 1 s each: \
         fetch #2 and fetch #3 were late by up to 2 s",
    ),
    (
        "two_orders.py",
        Kind::Deadlock,
        &[12, 17, 19, 10],
        "deadlock: there waits at line 12 for the lock that back took at line 17, \
         back waits at line 19 for the lock that there took at line 10",
    ),
    (
        "two_orders.rs",
        Kind::Deadlock,
        &[18, 22, 24, 16],
        "deadlock: there waits at line 18 for the lock that back took at line 22, \
         back waits at line 24 for the lock that there took at line 16",
    ),
];

#[test]
fn what_is_wrong_with_a_broken_program_is_named_with_its_lines() {
    for (name, found) in found("broken") {
        let expected: Vec<_> = EXPECTED.iter().filter(|(expected, ..)| *expected == name).collect();
        assert!(!expected.is_empty() && expected.len() == found.len(), "{name}: {found:#?}");
        for ((_, kind, lines, says), finding) in expected.iter().zip(&found) {
            assert!(finding.says.starts_with(says), "{name}: {}", finding.says);
            assert_eq!((finding.kind, finding.lines.as_slice()), (*kind, *lines), "{name}");
        }
    }
}

#[test]
fn nothing_is_wrong_with_a_healthy_program() {
    for (name, found) in found("healthy") {
        assert_eq!(found, [], "{name}");
    }
}
