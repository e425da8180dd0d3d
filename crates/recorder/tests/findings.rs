//! What is found wrong with programs: with broken ones what is broken, with
//! healthy ones nothing. What is found is one thing, how it is said another:
//! the sentences are in `findings/said`, a file for each program, and
//! `INSTA_UPDATE=always cargo test -p recorder --test findings` writes them anew.
//! Scripts are run by each Python that is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use recorder::program::{Options, Program};
use recorder::{python, rust};
use recording::event::{Language, Recording};
use recording::findings::{Finding, Kind, findings};
use recording::names::Names;
use recording::session::Session;

#[path = "support/patience.rs"]
mod patience;

#[path = "findings/cases.rs"]
mod cases;

#[path = "python/pythons.rs"]
#[allow(dead_code, reason = "the tests of Python use all of it")]
mod pythons;

use pythons::{PYTHONS, Python};

/// Programs that have to be stopped, once they have got to what is wrong with them.
const ENDLESS: [&str; 12] = [
    "always_ready.rs",
    "asks_a_closed_channel.rs",
    "asks_in_place.rs",
    "asks_over_and_over.rs",
    "both_read.rs",
    "group_in_vain.py",
    "never_gives_back.rs",
    "not_cancelled.py",
    "pipe_not_read.py",
    "pool_waits_for_itself.py",
    "timeout_ignored.py",
    "waits_for_its_own_loop.py",
];

/// Scripts that need this Python, or a later one.
const FROM: [(&str, u32); 9] = [
    ("group_in_vain.py", 11),
    ("within_a_timeout.py", 11),
    ("failure_and_cancel.py", 11),
    ("group_of_workers.py", 11),
    ("shut_down.py", 13),
    ("shut_down_undone.py", 13),
    ("hears_of_it.py", 11),
    ("one_too_few.py", 11),
    ("waits_for_its_own_end.py", 12),
];

/// Scripts with which nothing is wrong from this Python on, as that was asyncio's fault.
const MENDED: [(&str, u32); 2] = [("failure_and_cancel.py", 13), ("result_and_cancel.py", 12)];

fn is_mended(program: &str, minor: Option<u32>) -> bool {
    MENDED.iter().any(|(name, from)| *name == program && minor.is_some_and(|minor| minor >= *from))
}

/// What is found wrong with a run.
struct Found {
    /// The program's file.
    program: String,
    /// The minor version of the Python that ran it.
    minor: Option<u32>,
    recording: Recording,
    findings: Vec<Finding>,
}

/// A folder beside this file.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings").join(name)
}

/// The names of the files in a folder.
fn files(name: &str) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder(name)).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

/// Whether no Python is there that could run it.
fn is_skipped(file: &str) -> bool {
    file.ends_with(".py") && !PYTHONS.iter().any(|python| runs(file, python))
}

/// Whether a script does without what came with a later Python.
fn runs(script: &str, by: &Python) -> bool {
    FROM.iter().all(|(name, minor)| *name != script || *minor <= by.minor)
}

/// What is found wrong with each of the programs in a folder of
/// `tests/findings`.
fn found(name: &str) -> Vec<Found> {
    let at = |file: &String| Program::at(&folder(name).join(file)).unwrap();
    let files = files(name);
    let (rust, python): (Vec<_>, Vec<_>) =
        files.iter().map(at).partition(|program| program.language == Language::Rust);
    let mut found = Vec::new();
    for compiled in rust::compile(&rust).unwrap() {
        found.push(of_a_run(&compiled.program, None, |options| compiled.start(options)));
    }
    let pairs = python.iter().flat_map(|script| PYTHONS.iter().map(move |by| (script, by)));
    let todo: Vec<_> = pairs.filter(|(script, by)| runs(&file_name(script), by)).collect();
    // Two at a time, as most of it is to start Python.
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some((script, by)) = todo.get(next.fetch_add(1, Ordering::Relaxed)) {
            let start = |o: &Options| python::start_with(by.command.as_ref(), script, o);
            found.push(of_a_run(script, Some(by.minor), start));
        }
        found
    };
    std::thread::scope(|scope| {
        let workers = [scope.spawn(work), scope.spawn(work)];
        found.extend(workers.into_iter().flat_map(|worker| worker.join().unwrap()));
    });
    found
}

fn file_name(program: &Program) -> String {
    program.path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// What is found in a run of the program; one that does not end runs until that is
/// what is expected, or the time is up.
fn of_a_run(
    program: &Program,
    minor: Option<u32>,
    start: impl Fn(&Options) -> anyhow::Result<Session>,
) -> Found {
    let name = file_name(program);
    if !ENDLESS.contains(&&*name) {
        return of_session(program, minor, start(&Options::default()).unwrap());
    }
    let run = |timeout| start(&Options::within(timeout)).map(|run| of_session(program, minor, run));
    let is_expected = |found: &anyhow::Result<Found>| {
        let kinds = expected(&name, minor).into_iter().map(|(_, kind, ..)| *kind);
        found.as_ref().is_ok_and(|found| found.findings.iter().map(|one| one.kind).eq(kinds))
    };
    patience::given_time(run, is_expected).unwrap()
}

fn of_session(program: &Program, minor: Option<u32>, session: Session) -> Found {
    let (ending, silent) = (session.ending.clone(), session.silent);
    let recording = session.into_recording().unwrap();
    let text = std::fs::read_to_string(&program.path).unwrap();
    let findings = findings(&recording, &ending, silent, &text, None);
    Found { program: file_name(program), minor, recording, findings }
}

/// What is found in the broken programs, which run once for all tests.
static BROKEN: LazyLock<Vec<Found>> = LazyLock::new(|| found("broken"));

/// A broken program, what is found in it, at which lines, and the tasks whose
/// events prove it.
type Expected = (&'static str, Kind, &'static [u32], &'static [&'static str]);

/// What Python up to this minor version does otherwise.
const EARLIER: &[(u32, Expected)] = &[
    (11, ("pipe_given_up.py", Kind::Unread, &[12], &["wait"])),
    (11, ("lock_within_a_timeout.py", Kind::Deadlock, &[14, 6, 12], &["main", "save"])),
    (10, ("handler_raises.py", Kind::NotRetrieved, &[7], &["serve"])),
    (11, ("timeout_ignored.py", Kind::Uncancelled, &[8], &["measure"])),
    (11, ("call_outlives.py", Kind::Outlived, &[12], &["to_thread #1", "-", "to_thread #2"])),
];

/// What such a Python does.
fn earlier(program: &str, minor: Option<u32>) -> Vec<&'static Expected> {
    let fits = |until: u32| minor.is_some_and(|minor| minor <= until);
    let all = EARLIER.iter().filter(|(until, (name, ..))| *name == program && fits(*until));
    all.map(|(_, expected)| expected).collect()
}

fn expected(program: &str, minor: Option<u32>) -> Vec<&'static Expected> {
    let earlier = earlier(program, minor);
    if is_mended(program, minor) {
        return Vec::new();
    }
    let all = EXPECTED.iter().filter(|(name, ..)| *name == program);
    if earlier.is_empty() { all.collect() } else { earlier }
}

const EXPECTED: &[Expected] = &[
    ("group_in_vain.py", Kind::Uncancelled, &[13], &["poll"]),
    ("both_listen_on.py", Kind::Stuck, &[13, 5], &["main", "serve"]),
    ("pipe_not_read.py", Kind::Unread, &[11], &["main"]),
    ("pipe_given_up.py", Kind::Unread, &[12], &["main"]),
    ("pool_not_given_back.py", Kind::Stuck, &[11], &["ask #3"]),
    ("pool_not_given_back.py", Kind::NotRetrieved, &[7], &["ask #2"]),
    ("callback_sleeps.py", Kind::Held, &[7], &["-", "main"]),
    ("cancelled_in_vain.py", Kind::Stuck, &[8], &["work"]),
    ("cancelled_in_vain.py", Kind::Uncancelled, &[8], &["work"]),
    ("timeout_swallowed.py", Kind::Uncancelled, &[15], &["main"]),
    ("within_a_timeout.py", Kind::Uncancelled, &[6], &["main"]),
    ("subscribed_too_late.rs", Kind::Missed, &[11, 8, 9], &["reader"]),
    ("permit_not_kept.rs", Kind::Unkept, &[10], &["resize #1", "resize #2"]),
    ("guard_not_kept.rs", Kind::Unkept, &[8], &["main"]),
    ("spins_on_an_empty_set.rs", Kind::Spins, &[23], &["main"]),
    ("woken_and_not_run.rs", Kind::Held, &[16], &["cook", "guest"]),
    ("stop_passed_over.rs", Kind::PassedOver, &[23], &["main"]),
    ("change_passed_over.rs", Kind::PassedOver, &[18], &["main"]),
    ("taker_cancelled.rs", Kind::Stuck, &[24], &["plan", "work"]),
    ("worker_cancelled.py", Kind::Stuck, &[19], &["main", "work"]),
    ("group_of_workers.py", Kind::Stuck, &[27], &["main", "work #1", "work #2"]),
    ("shut_down_undone.py", Kind::Stuck, &[21], &["main", "work"]),
    ("taker_cancelled.py", Kind::Stuck, &[12], &["plan", "work"]),
    ("taker_ended.rs", Kind::Stuck, &[18], &["main", "line 11"]),
    ("taker_waits.rs", Kind::Stuck, &[12], &["plan", "main"]),
    ("permit_forgotten.rs", Kind::Stuck, &[9], &["download #3"]),
    ("waits_in_vain.rs", Kind::Unfinished, &[13], &["save"]),
    ("waits_in_vain.py", Kind::Unfinished, &[14], &["save"]),
    ("notified_too_early.rs", Kind::Missed, &[18, 10], &["main", "serve"]),
    ("branches_in_a_timeout.rs", Kind::Deadlock, &[23, 11], &["main"]),
    ("times_out_on_a_notification.rs", Kind::Missed, &[13, 12], &["line 12", "main"]),
    ("set_and_cleared.py", Kind::Missed, &[6, 13], &["main", "guest #1"]),
    ("set_and_cleared.py", Kind::Missed, &[6, 13], &["main", "guest #2"]),
    ("gathered_too_late.py", Kind::NotRetrieved, &[7], &["load #2"]),
    ("asks_its_own_loop.py", Kind::Held, &[13], &["main", "-"]),
    ("lock_within_a_timeout.py", Kind::Deadlock, &[6, 12], &["main"]),
    ("generator_raises.py", Kind::NotRetrieved, &[9], &["rows.aclose"]),
    ("left_pending.py", Kind::Destroyed, &[5], &["save"]),
    ("notifies_nobody.py", Kind::Missed, &[8, 13], &["main"]),
    ("permit_left.py", Kind::Stuck, &[5], &["job #3"]),
    ("permit_left.py", Kind::NotRetrieved, &[8], &["job #2"]),
    ("permits_left.py", Kind::Stuck, &[6], &["fetch #3", "fetch #4"]),
    ("permits_left.py", Kind::NotRetrieved, &[9], &["fetch #1"]),
    ("permits_left.py", Kind::NotRetrieved, &[9], &["fetch #2"]),
    ("complained.py", Kind::Unseen, &[], &["-"]),
    ("answered_twice.py", Kind::Unseen, &[9], &["-"]),
    ("asleep.py", Kind::OtherThread, &[8], &["-"]),
    ("not_called_done.py", Kind::Stuck, &[19, 7], &["main", "work"]),
    ("one_too_few.py", Kind::Stuck, &[6], &["player #1", "player #2", "player #3"]),
    ("timeout_ignored.py", Kind::Uncancelled, &[8], &["main"]),
    ("result_and_cancel.py", Kind::Uncancelled, &[7], &["work"]),
    ("failure_and_cancel.py", Kind::Uncancelled, &[12], &["work"]),
    ("left_with_its_parts.py", Kind::Unfinished, &[11], &["save_all"]),
    ("left_with_its_parts.py", Kind::Unfinished, &[6], &["save #1", "save #2"]),
    ("waits_for_its_thread.py", Kind::Held, &[21], &["main", "-"]),
    ("protocol_raises.py", Kind::Unseen, &[9], &["-"]),
    ("wait_for_each_other.py", Kind::Deadlock, &[8, 13], &["first", "second"]),
    ("waits_for_its_own_loop.py", Kind::Held, &[11], &["main"]),
    ("both_listen.py", Kind::Stuck, &[15, 5], &["main", "serve"]),
    ("waits_for_its_own_end.py", Kind::Stuck, &[12, 5], &["main", "serve"]),
    ("call_outlives.py", Kind::Outlived, &[12], &["main", "-"]),
    ("no_thread.py", Kind::NoThread, &[11, 9], &["main"]),
    ("pool_waits_for_itself.py", Kind::NoThread, &[10, 15], &["ask"]),
    ("pool_waits_for_itself.py", Kind::Stopped, &[15, 10], &["main", "ask"]),
    ("semaphore_twice.py", Kind::Deadlock, &[5, 5, 5, 5], &["crawl #1", "crawl #2"]),
    (
        "set_under_lock.rs",
        Kind::Deadlock,
        &[17, 15, 11, 15, 11],
        &["main", "line 15 #1", "line 15 #2"],
    ),
    ("timeout_not_polled.rs", Kind::Unpolled, &[15, 24], &["main"]),
    ("no_blocking_thread.rs", Kind::NoThread, &[7, 13], &["ask"]),
    ("cell_waits_for_itself.rs", Kind::Stuck, &[10], &["check"]),
    ("goes_on_after_main.rs", Kind::Outlived, &[5], &["-"]),
    (
        "set_dropped.rs",
        Kind::SetDropped,
        &[9],
        &["start_saving:8 #1", "start_saving:8 #2", "start_saving:8 #3"],
    ),
    (
        "set_never_ran.rs",
        Kind::SetDropped,
        &[6],
        &["start_saving:6 #1", "start_saving:6 #2", "start_saving:6 #3"],
    ),
    ("local_set_not_run.rs", Kind::NotDriven, &[8, 9], &["line 8", "main"]),
    ("nothing_drives.rs", Kind::NotDriven, &[4, 4], &["ask:4", "main"]),
    ("waits_for_itself.rs", Kind::Deadlock, &[10], &["work"]),
    ("half_written.rs", Kind::HalfDone, &[16], &["main"]),
    ("select_loses_a_message.rs", Kind::HalfDone, &[6], &["main"]),
    ("select_loses_bytes.rs", Kind::HalfDone, &[17], &["main"]),
    ("actors_in_a_circle.rs", Kind::Stuck, &[9, 8], &["office #1", "office #2"]),
    ("answer_dropped.rs", Kind::Panicked, &[20], &["customer"]),
    ("blocks_within_a_runtime.rs", Kind::Panicked, &[5], &["main #1"]),
    ("never_flushed.rs", Kind::Stuck, &[17, 6], &["main", "answer"]),
    ("not_in_the_task.rs", Kind::Panicked, &[8], &["greet"]),
    ("one_too_few.rs", Kind::Stuck, &[7], &["guest #1", "guest #2", "guest #3"]),
    ("outlives_main.rs", Kind::Outlived, &[16], &["main", "-"]),
    (
        "pool_keeps_a_sender.rs",
        Kind::Stuck,
        &[33, 17],
        &["main", "counters:15 #1", "counters:15 #2"],
    ),
    ("seen_already.rs", Kind::Stuck, &[7], &["open"]),
    ("sends_in_place.rs", Kind::Panicked, &[6], &["main"]),
    ("sends_in_place.rs", Kind::NeverRan, &[12], &["total"]),
    ("both_read.rs", Kind::Stopped, &[21, 9], &["main", "serve"]),
    ("asks_in_place.rs", Kind::Held, &[11], &["main"]),
    ("two_write.rs", Kind::Outlived, &[12], &["main", "-"]),
    ("collected.py", Kind::Destroyed, &[7], &["reply"]),
    ("callback_raises.py", Kind::Unseen, &[9], &["-"]),
    ("handler_raises.py", Kind::Unseen, &[7], &["serve"]),
    ("logged_and_lost.py", Kind::NotRetrieved, &[9], &["save"]),
    ("lock_left.py", Kind::Stuck, &[6], &["change #2"]),
    ("lock_left.py", Kind::NotRetrieved, &[8], &["change #1"]),
    ("worker_fails.py", Kind::Stuck, &[16, 6, 8], &["main", "work #2", "work #1"]),
    ("worker_fails.py", Kind::NotRetrieved, &[8], &["work #1"]),
    ("not_cancelled.py", Kind::Uncancelled, &[8], &["poll"]),
    ("other_thread.py", Kind::OtherThread, &[10], &["-"]),
    ("arm_holds_the_thread.rs", Kind::Held, &[12], &["main"]),
    ("timeout_held_up.rs", Kind::Held, &[14], &["main"]),
    ("always_full.rs", Kind::ChannelFull, &[10], &["produce"]),
    ("buffered_lock.rs", Kind::Deadlock, &[18, 7], &["main"]),
    ("futurelock.rs", Kind::Deadlock, &[7, 7], &["main"]),
    ("hands_on_and_asks_again.rs", Kind::Stuck, &[20, 14], &["main", "adds"]),
    ("lags_behind.rs", Kind::Lagged, &[9], &["reads"]),
    ("nested_permits.rs", Kind::Deadlock, &[7, 7, 7, 7], &["crawl #1", "crawl #2"]),
    ("notifies_nobody.rs", Kind::Missed, &[12, 15], &["main", "serve"]),
    ("reads_again.rs", Kind::Deadlock, &[13, 11], &["main"]),
    ("sets_itself.rs", Kind::Deadlock, &[9, 9], &["main"]),
    ("writes_while_it_reads.rs", Kind::Deadlock, &[10, 7], &["main"]),
    ("asks_a_closed_channel.rs", Kind::Spins, &[11], &["main"]),
    (
        "circle_of_three_kinds.rs",
        Kind::Deadlock,
        &[23, 27, 29, 32, 34, 21],
        &["line 20", "line 26", "line 31"],
    ),
    ("permit_of_a_future.rs", Kind::Deadlock, &[10, 10], &["main"]),
    ("asks_over_and_over.rs", Kind::Spins, &[9], &["main"]),
    ("event_never_set.py", Kind::Stuck, &[12], &["work"]),
    ("forgotten.py", Kind::Unfinished, &[12], &["save"]),
    ("forgotten.rs", Kind::Unfinished, &[13], &["save"]),
    ("given_up.rs", Kind::Deadlock, &[20, 18, 20, 18], &["both #1", "both #2"]),
    ("joins_under_lock.rs", Kind::Deadlock, &[9, 14, 7], &["main", "worker"]),
    ("keeps_a_sender.rs", Kind::Stuck, &[10], &["main"]),
    ("locks_twice.rs", Kind::Deadlock, &[12, 6], &["main"]),
    ("never_awaited.py", Kind::NotAwaited, &[5], &["-"]),
    ("never_awaited_filtered.py", Kind::NotAwaited, &[15], &["-"]),
    ("never_awaited_kept.py", Kind::NotAwaited, &[5], &["-"]),
    ("always_ready.rs", Kind::Spins, &[13], &["main"]),
    ("blocks_on_futures.rs", Kind::Held, &[6], &["main"]),
    ("borrow_kept.rs", Kind::Held, &[9], &["main"]),
    ("receives_in_std.rs", Kind::Held, &[10], &["takes"]),
    ("std_mutex_in_join.rs", Kind::Held, &[8], &["main"]),
    ("std_mutex_in_local_tasks.rs", Kind::Held, &[11], &["write #2"]),
    ("thread_panics.rs", Kind::Panicked, &[6], &["-"]),
    ("never_gives_back.rs", Kind::Held, &[8], &["main"]),
    ("never_ran.rs", Kind::NeverRan, &[3, 4], &["notify #1", "notify #2"]),
    ("panics_unseen.rs", Kind::Panicked, &[12], &["parse"]),
    ("raises_unseen.py", Kind::NotRetrieved, &[11], &["parse"]),
    ("raises_in_the_end.py", Kind::Panicked, &[10], &["main"]),
    ("named_like_an_exit.py", Kind::Panicked, &[11], &["main"]),
    ("reads_in_place.rs", Kind::Held, &[8], &["main", "beat"]),
    ("starved_timer.rs", Kind::TimerReset, &[16], &["main"]),
    ("time_sleep.py", Kind::Held, &[11], &["fetch #1", "fetch #2", "fetch #3"]),
    ("two_orders.py", Kind::Deadlock, &[12, 17, 19, 10], &["there", "back"]),
    ("two_orders.rs", Kind::Deadlock, &[18, 22, 24, 16], &["there", "back"]),
];

/// The names of the tasks whose events prove it, `-` for what is no task's.
fn proves<'a>(finding: &Finding, recording: &'a Recording, names: &'a Names) -> Vec<&'a str> {
    assert!(!finding.evidence.is_empty(), "{finding:?}");
    let mut tasks: Vec<&str> = Vec::new();
    for at in &finding.evidence {
        let event = &recording.events[at.event];
        assert_eq!(event.t, at.t, "{finding:?}");
        let task = event.what.task().map_or("-", |task| names.of(task));
        if !tasks.contains(&task) {
            tasks.push(task);
        }
    }
    tasks
}

#[test]
fn what_is_wrong_with_a_broken_program_is_found_with_its_lines() {
    let mut wrong = String::new();
    for found in &*BROKEN {
        let Found { program, minor, .. } = found;
        let names = found.recording.names();
        let tasks = |finding| proves(finding, &found.recording, &names);
        let lines = |finding: &Finding| -> Vec<u32> {
            finding.lines.iter().map(|line| line.number()).collect()
        };
        let facts: Vec<_> = found
            .findings
            .iter()
            .map(|finding| (&**program, finding.kind, lines(finding), tasks(finding)))
            .collect();
        let expected: Vec<_> = expected(program, *minor)
            .into_iter()
            .map(|(program, kind, lines, tasks)| (*program, *kind, lines.to_vec(), tasks.to_vec()))
            .collect();
        if expected.is_empty() && !is_mended(program, *minor) || expected != facts {
            wrong += &format!("{minor:?}: expected {expected:?}\n   found {facts:?}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    let ran = |name: &str| BROKEN.iter().any(|found| found.program == name);
    let gone = EXPECTED.iter().find(|(name, ..)| !ran(name) && !is_skipped(name));
    assert_eq!(gone, None, "there is no such program");
}

/// The sentences, one a line. How long and how often is left out where it is a
/// matter of when the run was stopped, or of the machine's clock: `about … ms`.
fn said(program: &str, findings: &[Finding]) -> String {
    let mut said = String::new();
    for finding in findings {
        let mut before = "";
        for word in finding.says.split(' ') {
            let counts = word.starts_with(|first: char| first.is_ascii_digit());
            let hidden =
                before == "about" || ENDLESS.contains(&program) && !before.ends_with("line");
            let hidden = counts && hidden;
            said += if before.is_empty() { "" } else { " " };
            said += if hidden { "…" } else { word };
            before = word;
        }
        said.push('\n');
    }
    said
}

#[test]
fn it_is_said_as_before() {
    let mut snapshots = insta::Settings::clone_current();
    snapshots.set_snapshot_path("findings/said");
    snapshots.set_prepend_module_to_snapshot(false);
    snapshots.set_omit_expression(true);
    snapshots.bind(|| {
        for Found { program, minor, findings, .. } in &*BROKEN {
            if is_mended(program, *minor) {
                continue;
            }
            let early = if earlier(program, *minor).is_empty() { "" } else { "early." };
            insta::assert_snapshot!(format!("{early}{program}"), said(program, findings));
        }
    });
    // Nothing is left of a program that is gone, or still to be looked at.
    let early = EARLIER.iter().map(|(_, (program, ..))| format!("early.{program}"));
    let expected = files("broken").into_iter().chain(early).map(|name| format!("{name}.snap"));
    assert_eq!(files("said"), expected.collect());
}

#[test]
fn nothing_is_wrong_with_a_healthy_program() {
    for Found { program, minor, recording, findings } in found("healthy") {
        assert_eq!(findings, [], "{program} {minor:?}");
        assert!(!recording.header.partial, "{program} {minor:?}: {:?}", recording.header.notes);
    }
}
