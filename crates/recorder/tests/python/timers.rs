//! In which order timers fire: as in asyncio, whose heap is no queue.

use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use recorder::program::Options;
use recording::event::Class;
use recording::session::Ending;
use serde_json::{Value, json};

use crate::support::{PYTHONS, Python, each, prints_by_itself, script};

/// How many programs each Python runs; an environment variable of this name
/// can ask for more.
const CASES: (&str, usize) = ("PROPTEST_CASES", 24);

/// Asserts that a script prints under the recorder what it prints by itself.
fn prints_the_same(python: &Python, name: &str) {
    let recorded = python.record_file(&script(name));
    assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
    assert_eq!(recorded.recording.header.class, Class::Exact);
    let printed = recorded.stdout();
    assert!(prints_by_itself(python, &script(name), &printed), "3.{}: {printed:#?}", python.minor);
    let options = Options { real_time: true, ..Options::default() };
    let real = || python.record_with(&script(name), &options).stdout();
    // A busy machine may delay a timer by more than there is between two.
    assert!((0..10).any(|_| real() == printed), "3.{}: {printed:#?}", python.minor);
}

#[test]
fn one_deadline_for_all_is_up_to_the_heap() {
    each(|python| prints_the_same(python, "one_deadline"));
}

#[test]
fn a_deadline_counts_from_when_it_was_computed() {
    each(|python| prints_the_same(python, "deadline_set_late"));
}

#[test]
fn tickers_meet_in_the_order_of_their_deadlines() {
    each(|python| prints_the_same(python, "tickers"));
}

#[test]
fn no_two_readings_of_the_clock_are_the_same_and_no_rounding_shows_it() {
    each(|python| {
        let recorded = python.record(
            "import asyncio, time
async def main():
    loop = asyncio.get_running_loop()
    readings = [loop.time() for _ in range(1000)] + [time.monotonic() for _ in range(1000)]
    print(len(set(readings)) == 2000, readings == sorted(readings))
    counted = [time.perf_counter() for _ in range(100)]
    print(len(set(counted)) == 100, counted == sorted(counted))
    began, counted = loop.time(), time.perf_counter()
    for _ in range(1000):
        await asyncio.sleep(0.1)
    print(round(loop.time() - began, 4), round(time.perf_counter() - counted, 4))
asyncio.run(main())
",
        );
        assert_eq!(recorded.prints(), ["0 True True", "0 True True", "100000 100.0 100.0"]);
    });
}

#[test]
fn a_timer_is_due_at_its_very_time() {
    // As tests do that stand in for the clock.
    let script = "import asyncio
async def main():
    loop = asyncio.get_running_loop()
    when = loop.time() + 3600
    loop.call_at(when, print, 'due')
    loop.time = lambda: when - 1
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print('not yet')
    loop.time = lambda: when
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print('end')
asyncio.run(main())
";
    each(|python| assert_eq!(python.record(script).prints(), ["0 not yet", "0 due", "0 end"]));
}

#[test]
fn a_sleep_of_no_number_is_what_python_makes_of_it() {
    let script = "import asyncio
async def main():
    try:
        await asyncio.sleep(float('nan'))
        print('slept')
    except ValueError:
        print('refused')
asyncio.run(main())
";
    each(|python| {
        let says = if python.minor < 13 { "0 slept" } else { "0 refused" };
        assert_eq!(python.record(script).prints(), [says], "3.{}", python.minor);
    });
}

#[test]
fn sleeps_of_days_end_in_the_order_of_their_beginning() {
    each(|python| {
        let recorded = python.record(
            "import asyncio
async def nap(n):
    for _ in range(3):
        await asyncio.sleep(86_400)
    print(n)
async def main():
    await asyncio.gather(*map(nap, range(9)))
asyncio.run(main())
",
        );
        let expected: Vec<String> = (0..9).map(|n| format!("259200000 {n}")).collect();
        assert_eq!(recorded.prints(), expected);
    });
}

fn operation() -> impl Strategy<Value = Value> {
    let slots = 1..12u32;
    let timer = (prop_oneof![3 => Just("at"), 1 => Just("later")], slots.clone());
    let task = (prop_oneof![Just("sleep"), Just("until"), Just("within")], slots.clone());
    // What is set by a callback is due after it: whether one that is overdue comes
    // before what the same moment has besides is up to how late that moment is.
    let then = prop::collection::vec(
        prop_oneof![
            3 => slots.clone().prop_map(|slot| json!(["at", "", slot, []])),
            1 => (0..12u32).prop_map(|which| json!(["cancel", "", which])),
        ],
        0..3,
    );
    prop_oneof![
        6 => (timer, then).prop_map(|((kind, slot), mut then)| {
            for inner in then.iter_mut().filter(|inner| inner[0] == "at") {
                inner[2] = json!(inner[2].as_u64().unwrap_or_default() + u64::from(slot));
            }
            json!([kind, "", slot, then])
        }),
        2 => (1..4u32, 1..6u32).prop_map(|(period, times)| json!(["ticker", "", period, times])),
        3 => task.prop_map(|(kind, slot)| json!([kind, "", slot])),
        1 => (0..12u32).prop_map(|which| json!(["cancel", "", which])),
    ]
}

/// Gives every operation a name of its own.
fn name(operation: &mut Value, path: &str) {
    operation[1] = json!(path);
    if let Some(then) = operation.get_mut(3).and_then(Value::as_array_mut) {
        then.iter_mut().enumerate().for_each(|(n, inner)| name(inner, &format!("{path}.{n}")));
    }
}

fn programs(count: usize) -> Vec<String> {
    let strategy = prop::collection::vec(operation(), 3..24);
    let mut runner = TestRunner::deterministic();
    let mut program = || {
        let mut all = strategy.new_tree(&mut runner).expect("nothing is rejected").current();
        all.iter_mut().enumerate().for_each(|(n, one)| name(one, &n.to_string()));
        Value::from(all).to_string()
    };
    (0..count).map(|_| program()).collect()
}

/// Python's own loop on a machine that is never busy: a reading of its clock takes
/// a microsecond, and it wakes up within the millisecond that `epoll` knows.
const MACHINE: &str = "
import math
import selectors

now = 12345.678


def time():
    global now
    now += 1e-6
    return now


class Selector(selectors.DefaultSelector):
    def select(self, timeout=None):
        global now
        now += math.ceil((timeout or 0) * 1e3) / 1e3
        return super().select(0)


loop = asyncio.SelectorEventLoop(Selector())
loop.time = time
loop.run_until_complete(main())
";

fn compare(python: &Python, program: &str) -> Result<(), String> {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, runs: &str| {
        let path = dir.path().join(name);
        let interpreter = include_str!("timers.py");
        let text = format!("{interpreter}\n\nPROGRAM = r'''{program}'''\n{runs}\n");
        std::fs::write(&path, text).unwrap();
        path
    };
    let recorded = python.record_file(&write("timers.py", "asyncio.run(main())"));
    if recorded.ending != Ending::Exit(0) || recorded.recording.header.class != Class::Exact {
        return Err(format!("{program}: {:?} {}", recorded.ending, recorded.stderr));
    }
    let machine = write("machine.py", MACHINE);
    let output = Command::new(&python.command).arg("-B").arg(machine).output().unwrap();
    let expected = String::from_utf8(output.stdout).unwrap();
    let (printed, expected) = (recorded.stdout(), expected.lines().collect::<Vec<_>>());
    if output.status.success() && printed == expected {
        return Ok(());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Err(format!("3.{}: {program}\n{printed:?}\n{expected:?}\n{complaint}", python.minor))
}

#[test]
fn random_timers_fire_in_the_order_they_have_without_the_recorder() {
    let asked = std::env::var(CASES.0).ok().and_then(|cases| cases.parse().ok());
    let programs = programs(asked.unwrap_or(CASES.1));
    for python in PYTHONS.iter() {
        let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if let Err(failure) = compare(python, program) {
                            failures.lock().unwrap().push(failure);
                        }
                    }
                });
            }
        });
        let failures = failures.into_inner().unwrap();
        assert!(failures.is_empty(), "{} failed, the first:\n{}", failures.len(), failures[0]);
    }
}
