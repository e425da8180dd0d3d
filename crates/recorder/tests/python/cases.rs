//! What programs of other people got wrong, or were told wrongly: each case, and the
//! test that has it. It is each Python's.

use std::path::Path;

use recording::event::What;
use recording::findings::{Kind, findings};
use recording::session::Ending;

use crate::support::{IS_QUICK, Python, Recorded, each, each_from, prints_by_itself, show};

/// A case, by what it shows, and its test: a function of a file below this folder, or a
/// program of `findings`.
const CASES: &[(&str, &str)] = &[
    // What a working program does.
    ("objects of a class of coroutines in gather, wait_for and tasks", "coroutine_classes.py"),
    ("a library's requests, gathered as they are", "coroutine_classes.py"),
    (
        "the loop of a library in asyncio's place",
        "strangers.rs a_faster_loop_is_replaced_by_the_recorded_one",
    ),
    (
        "on the loop of a library a time.sleep is late, too",
        "strangers.rs a_faster_loop_is_replaced_by_the_recorded_one",
    ),
    (
        "a library makes its own kind of task",
        "strangers.rs tasks_of_another_class_are_said_to_be_missing",
    ),
    ("a script of trio", "strangers.rs what_trio_runs_is_said_to_be_missing"),
    (
        "a script that reaches asyncio through its own module",
        "strangers.rs a_script_that_reaches_asyncio_through_a_library_has_one_main",
    ),
    (
        "a script that reaches asyncio through a library",
        "strangers.rs a_script_that_reaches_asyncio_through_a_library_has_one_main",
    ),
    (
        "a web server that idles",
        "strangers.rs of_an_idle_server_nothing_is_found_but_that_it_was_stopped",
    ),
    (
        "tests that another module compiles",
        "strangers.rs a_file_that_somebody_else_compiles_has_its_own_lines",
    ),
    ("four timers for one moment", "timers.rs one_deadline_for_all_is_up_to_the_heap"),
    (
        "a deadline that is set after it was computed",
        "timers.rs a_deadline_counts_from_when_it_was_computed",
    ),
    ("tickers that meet", "timers.rs tickers_meet_in_the_order_of_their_deadlines"),
    (
        "names that mean something in a diagram",
        "../../../draw/src/tests.rs names_and_texts_cannot_break_a_diagram",
    ),
    ("names of lanes", "../../../draw/src/tests.rs names_and_texts_cannot_break_a_diagram"),
    (
        "an answer within 40 ms over loopback",
        "outside.rs an_answer_over_loopback_is_not_delayed_on_the_machines_clock",
    ),
    ("a database in a thread of its own", "cases.rs the_answers_of_a_thread_are_not_delayed"),
    (
        "sleep(0) until something is there",
        "holding.rs whoever_gives_the_turn_away_beside_a_timer_is_told_that_time_stands_still",
    ),
    ("signal.signal with call_soon_threadsafe", "outside.rs whoever_heeds_a_signal_is_not_stuck"),
    ("an alarm that comes from the system", "outside.rs an_alarm_comes_when_it_should"),
    (
        "run_forever with tasks made before",
        "cases.rs a_loop_of_the_old_style_has_tasks_before_it_runs",
    ),
    ("a Runner that runs twice", "cases.rs a_task_lives_on_from_one_run_to_the_next"),
    ("who threw the CancelledError of a timeout", "features.rs a_timeout_cancels_its_own_task"),
    // What holds the thread.
    (
        "threading.Event.wait in a coroutine",
        "holding.rs a_blocking_call_holds_the_thread_for_as_long_as_it_does",
    ),
    (
        "subprocess.run in a coroutine",
        "holding.rs a_blocking_call_holds_the_thread_for_as_long_as_it_does",
    ),
    ("the result of the loop's own thread", "waits_for_its_own_loop.py"),
    (
        "the line of a call that never returns",
        "holding.rs a_call_that_never_returns_is_named_by_its_line",
    ),
    (
        "a computation beside a heartbeat",
        "holding.rs a_computation_takes_its_time_while_a_timer_runs",
    ),
    ("calls that outlive their timeout", "call_outlives.py"),
    ("what a thread prints", "outside.rs what_is_printed_in_a_thread_is_the_threads"),
    ("a look-up that finds no thread free", "no_thread.py"),
    // What nobody sees.
    ("a task that nothing keeps", "collected.py"),
    ("a task that run_until_complete leaves", "left_pending.py"),
    ("an exception that nobody asked for, with a log of one's own", "logged_and_lost.py"),
    ("an exception in a callback", "callback_raises.py"),
    ("an exception in the handler of a connection", "handler_raises.py"),
    ("a future that is answered twice", "answered_twice.py"),
    ("a protocol that raises", "protocol_raises.py"),
    // What never ends.
    ("tasks that wait for each other", "wait_for_each_other.py"),
    ("a queue of which a worker has failed", "worker_fails.py"),
    ("a queue of which a worker was cancelled", "taker_cancelled.py"),
    ("a server that waits for its own connection", "waits_for_its_own_end.py"),
    ("an event that is set in another thread", "other_thread.py"),
    ("an event that is set in the handler of a signal", "asleep.py"),
    ("a task that swallows the cancellation at the end", "not_cancelled.py"),
    ("wait_for swallows a cancellation", "result_and_cancel.py"),
    (
        "a worker whose wait_for swallows it",
        "cases.rs a_worker_goes_on_when_wait_for_swallows_its_cancellation",
    ),
    ("a group swallows a cancellation", "failure_and_cancel.py"),
    (
        "a group within a group that fails with it",
        "cases.rs a_group_goes_on_when_the_one_around_it_fails_with_it",
    ),
];

/// What a row says is there: in a file of Rust a test of that name, or a program.
fn is_there(test: &str) -> bool {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let Some((file, name)) = test.split_once(' ') else {
        let folders = ["findings/broken", "findings/healthy", "python/scripts"];
        return folders.iter().any(|below| folder.join(below).join(test).is_file());
    };
    let text = std::fs::read_to_string(folder.join("python").join(file)).unwrap_or_default();
    text.contains(&format!("#[test]\nfn {name}() {{"))
}

#[test]
fn each_case_has_a_test() {
    let gone: Vec<_> = CASES.iter().filter(|(_, test)| !is_there(test)).collect();
    assert!(gone.is_empty(), "there are no such tests: {gone:#?}");
    assert!(!is_there("cases.rs no_such_test") && !is_there("no_such_program.py"));
}

/// Records a script, which prints what it prints without the recorder.
fn as_by_itself(python: &Python, script: &str) -> Recorded {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script.py");
    std::fs::write(&path, script).unwrap();
    let recorded = python.record_file(&path);
    assert_eq!(recorded.ending, Ending::Exit(0), "3.{}: {}", python.minor, recorded.stderr);
    let printed = recorded.stdout();
    assert!(prints_by_itself(python, &path, &printed), "3.{}: {printed:#?}", python.minor);
    recorded
}

/// What is found in it: the kinds, the lines and the sentence.
fn found(recorded: &Recorded, script: &str) -> Vec<(Kind, Vec<u32>, String)> {
    let silent = std::time::Duration::ZERO;
    let found = findings(&recorded.recording, &recorded.ending, silent, script, None);
    let numbers = |lines: &[recording::event::Line]| lines.iter().map(|l| l.number()).collect();
    found.into_iter().map(|one| (one.kind, numbers(&one.lines), one.says)).collect()
}

#[test]
fn a_group_goes_on_when_the_one_around_it_fails_with_it() {
    let script = "import asyncio
async def fails(after):
    await asyncio.sleep(after)
    raise ValueError('no')
async def inner():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails(1))
            try:
                await asyncio.sleep(10)
            finally:
                await asyncio.sleep(0)
    except* ValueError:
        print('inner: caught')
    await asyncio.sleep(0)
    print('inner: goes on')
    await asyncio.sleep(0.5)
    print('inner: ends')
async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(inner())
            group.create_task(fails(1))
    except* ValueError:
        print('main: caught')
asyncio.run(main())
";
    each_from(11, |python| {
        let recorded = as_by_itself(python, script);
        let found = found(&recorded, script);
        if python.minor >= 13 {
            assert_eq!(recorded.prints(), ["1000 inner: caught", "1000 main: caught"]);
            assert_eq!(found, []);
            return;
        }
        assert_eq!(
            recorded.prints(),
            ["1000 inner: caught", "1000 inner: goes on", "1500 inner: ends", "1500 main: caught"]
        );
        let says = "inner was cancelled by fails #1 and goes on: its TaskGroup at line 7 failed at \
                    the same moment, and up to Python 3.12 keeps the CancelledError to itself";
        assert_eq!(found, [(Kind::Uncancelled, vec![7], says.to_owned())]);
    });
}

#[test]
fn a_worker_goes_on_when_wait_for_swallows_its_cancellation() {
    let script = "import asyncio
async def inner(done):
    await done.wait()
    return 'value'
async def worker(done):
    while True:
        try:
            print('worker:', await asyncio.wait_for(inner(done), timeout=10))
        except asyncio.CancelledError:
            print('worker: cancelled')
            raise
        done.clear()
async def main():
    done = asyncio.Event()
    task = asyncio.create_task(worker(done))
    await asyncio.sleep(0.1)
    done.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    try:
        await asyncio.wait_for(asyncio.shield(task), 0.3)
    except asyncio.CancelledError:
        print('main: it is gone')
    except asyncio.TimeoutError:
        print('main: it is still there')
asyncio.run(main())
";
    each(|python| {
        let recorded = as_by_itself(python, script);
        let found = found(&recorded, script);
        if python.minor >= 12 {
            let prints = ["100 worker: value", "100 worker: cancelled", "100 main: it is gone"];
            assert_eq!(recorded.prints(), prints);
            assert_eq!(found, []);
            return;
        }
        // At the end it is told a second time.
        let prints = ["100 worker: value", "400 main: it is still there", "400 worker: cancelled"];
        assert_eq!(recorded.prints(), prints);
        let says = "worker was cancelled by main and goes on: its wait_for at line 8 had a result \
                    at the same moment, and up to Python 3.11 keeps the CancelledError to itself";
        assert_eq!(found, [(Kind::Uncancelled, vec![8], says.to_owned())]);
    });
}

#[test]
fn a_loop_of_the_old_style_has_tasks_before_it_runs() {
    let script = "import asyncio
async def ticker():
    while True:
        print('tick')
        await asyncio.sleep(0.1)
async def stop(loop):
    await asyncio.sleep(0.25)
    print('stopping')
    loop.stop()
loop = asyncio.new_event_loop()
loop.create_task(ticker())
loop.create_task(stop(loop))
loop.run_forever()
loop.close()
print('closed')
";
    each(|python| {
        let recorded = as_by_itself(python, script);
        assert_eq!(
            recorded.prints()[..5],
            ["0 tick", "100 tick", "200 tick", "250 stopping", "250 closed"]
        );
        assert!(recorded.prints()[5].contains("Task was destroyed but it is pending!"));
        let spawned: Vec<_> = recorded
            .recording
            .events
            .iter()
            .filter_map(|event| match &event.what {
                What::Spawn { name, line, by, .. } => {
                    Some((&**name, line.map(|l| l.number()), *by))
                }
                _ => None,
            })
            .collect();
        assert_eq!(spawned, [("ticker", Some(11), None), ("stop", Some(12), None)]);
        let [(kind, lines, _)] = found(&recorded, script).try_into().expect("one finding");
        assert_eq!((kind, lines), (Kind::Destroyed, vec![5]), "{}", show(&recorded.recording));
    });
}

#[test]
fn a_task_lives_on_from_one_run_to_the_next() {
    let script = "import asyncio
async def beat():
    while True:
        print('beat')
        await asyncio.sleep(0.1)
async def start():
    task = asyncio.create_task(beat())
    await asyncio.sleep(0)
    return task
async def later():
    await asyncio.sleep(0.25)
    print('later')
with asyncio.Runner() as runner:
    task = runner.run(start())
    print('between')
    runner.run(later())
print(task.cancelled())
";
    each_from(11, |python| {
        let recorded = as_by_itself(python, script);
        assert_eq!(
            recorded.prints(),
            ["0 beat", "0 between", "100 beat", "200 beat", "250 later", "250 True"]
        );
        assert_eq!(found(&recorded, script), [], "3.{}", python.minor);
    });
}

#[test]
fn the_answers_of_a_thread_are_not_delayed() {
    let script = "import asyncio, queue, threading
asked = queue.SimpleQueue()
def answer():
    while (one := asked.get()) is not None:
        future, loop = one
        loop.call_soon_threadsafe(future.set_result, 1)
async def ask():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    asked.put((future, loop))
    return await future
async def main():
    thread = threading.Thread(target=answer)
    thread.start()
    print(await is_quick(ask))
    asked.put(None)
    thread.join()
asyncio.run(main())
";
    let script = format!("{IS_QUICK}{script}");
    each(|python| {
        let recorded = python.record(&script);
        assert_eq!(recorded.ending, Ending::Exit(0), "3.{}: {}", python.minor, recorded.stderr);
        assert_eq!(recorded.stdout(), ["True"], "3.{}", python.minor);
    });
}
