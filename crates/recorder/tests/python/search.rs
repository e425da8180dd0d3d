//! Scripts run in every order.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use recorder::program::{Options, Program};
use recorder::python;
use recorder::search::{Asked, Orders, runner, search, token};
use recording::event::What;
use recording::session::Ending;

use super::outputs::outputs;
use super::support::PYTHONS;
use crate::patience::given_time;

const RACE: &str = "\
import asyncio

async def order():
    seen = []

    async def write(name):
        await asyncio.sleep(0.005)
        seen.append(name)

    await asyncio.gather(write('created'), write('shipped'))
    print(*seen)
    assert seen == ['created', 'shipped'], seen

asyncio.run(order())
";

const LOST: &str = "\
import asyncio

count = 0

async def add():
    global count
    await asyncio.sleep(1)
    old = count
    await asyncio.sleep(0)
    count = old + 1

async def main():
    await asyncio.gather(add(), add())
    print(count)

asyncio.run(main())
";

const QUEUE: &str = "\
import asyncio

async def step(name):
    for _ in range(3):
        await asyncio.sleep(0)
    print(name)

async def main():
    await asyncio.gather(step('a'), step('b'), asyncio.to_thread(int))

asyncio.run(main())
";

/// The orders of a script with this text, on each Python.
fn each(text: &str, most: usize, then: impl Fn(&Program, &str, Orders)) {
    each_of(text, most, false, then);
}

/// The same, in the wider model if `wide`.
fn each_of(text: &str, most: usize, wide: bool, then: impl Fn(&Program, &str, Orders)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script.py");
    std::fs::write(&path, text).unwrap();
    let program = Program::at(&path).unwrap();
    for python in PYTHONS.iter() {
        let script = python::Forking::of(python.command.as_ref(), &program);
        let run = |schedule: &_| {
            let order = Some(Clone::clone(schedule));
            script.start(&Options { order, wide, ..Options::default() })
        };
        let asked = Asked { most: NonZeroUsize::new(most).unwrap(), wide, causes: false };
        let orders = search(text, &run, asked, &|| {}).unwrap();
        then(&program, &python.command, orders);
    }
}

#[test]
fn timers_that_are_due_at_once_fire_in_any_order() {
    each(RACE, 20, |program, python, orders| {
        assert!(orders.all, "{orders:?}");
        assert_eq!(outputs(&orders), ["created shipped", "shipped created"]);
        let failed = orders.outputs.iter().find(|output| output.ending != Ending::Exit(0)).unwrap();
        assert_eq!(
            (failed.lines.join(" ").as_str(), failed.example.changes),
            ("shipped created", 1)
        );
        // The same bytes each time.
        let (order, _) = token::schedule(&failed.example.token).unwrap();
        let again = || {
            let options = Options { order: Some(order.clone()), ..Options::default() };
            let session = python::start_with(python.as_ref(), program, &options).unwrap();
            token::check(&failed.example.token, RACE, &session.choices).unwrap();
            let mut bytes = Vec::new();
            session.into_recording().unwrap().write(&mut bytes).unwrap();
            bytes
        };
        assert!(again() == again());
    });
}

#[test]
fn a_timer_may_be_late_until_another_one_has_gone_on() {
    each(LOST, 100, |_, _, orders| {
        assert!(orders.all, "{orders:?}");
        assert_eq!(outputs(&orders), ["1", "2"]);
    });
}

const ENDLESS: &str = "\
import asyncio

async def write(name):
    await asyncio.sleep(1)
    if name == 'b' and not seen:
        while True:
            pass
    seen.append(name)

seen = []

async def main():
    await asyncio.gather(write('a'), write('b'))
    print(*seen)

asyncio.run(main())
";

#[test]
fn an_order_that_never_ends_has_a_token_of_its_own_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script.py");
    std::fs::write(&path, ENDLESS).unwrap();
    let program = Program::at(&path).unwrap();
    let orders = |timeout| {
        let options = Options::within(timeout);
        let run = runner(&program, None, &options);
        let asked = Asked { most: NonZeroUsize::new(20).unwrap(), wide: false, causes: false };
        search(ENDLESS, &run, asked, &|| {}).unwrap()
    };
    let ends = |orders: &Orders| orders.outputs.iter().any(|output| output.lines == ["a b"]);
    let orders = given_time(orders, ends);
    assert!(ends(&orders), "{orders:?}");
    let endless = orders.outputs.iter().find(|output| output.ending == Ending::TimedOut);
    let endless = endless.unwrap_or_else(|| panic!("{orders:?}"));
    assert!(endless.orders > 0 && endless.example.changes > 0, "{orders:?}");
}

#[test]
fn the_queue_has_one_order() {
    each(QUEUE, 100, |_, _, orders| {
        assert!(orders.all && orders.run == 1, "{orders:?}");
        assert_eq!(outputs(&orders), ["a b"]);
    });
}

#[test]
fn a_script_that_needs_the_machines_clock_has_no_orders() {
    let text = "import asyncio, subprocess\n\nasync def main():\n    subprocess.run(['true'])\n\n\
                asyncio.run(main())\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script.py");
    std::fs::write(&path, text).unwrap();
    for python in PYTHONS.iter() {
        let options = Options { order: Some(Default::default()), ..Options::default() };
        let program = Program::at(&path).unwrap();
        let Err(error) = python::start_with(python.command.as_ref(), &program, &options) else {
            panic!("it has an order")
        };
        let error = format!("{error:#}");
        assert!(error.contains("no order can be chosen: It starts other processes."), "{error}");
    }
}

/// Tasks that sleep and print, by the milliseconds that they sleep.
fn sleepers(tasks: &[&[u64]]) -> String {
    let tasks: Vec<String> = tasks
        .iter()
        .enumerate()
        .map(|(task, sleeps)| {
            let sleeps: Vec<String> =
                sleeps.iter().map(|ms| format!("{}", *ms as f64 / 1e3)).collect();
            format!("sleeper({task}, [{}])", sleeps.join(", "))
        })
        .collect();
    format!(
        "import asyncio\n\nasync def sleeper(name, sleeps):\n    for time in sleeps:\n        \
         await asyncio.sleep(time)\n        print(name)\n\nasync def main():\n    \
         await asyncio.gather({})\n\nasyncio.run(main())\n",
        tasks.join(", ")
    )
}

/// What they print where those that wake at the same time do so in any order: the
/// model without jitter, in the plainest way.
fn tied(tasks: &[&[u64]]) -> BTreeSet<String> {
    /// Of each task how often it has slept, and when it wakes.
    fn go(tasks: &[&[u64]], all: &[(usize, u64)], said: &str, found: &mut BTreeSet<String>) {
        let asleep = || (0..tasks.len()).filter(|task| all[*task].0 < tasks[*task].len());
        let Some(now) = asleep().map(|task| all[task].1).min() else {
            found.insert(said.trim().to_owned());
            return;
        };
        for next in asleep().filter(|task| all[*task].1 == now) {
            let mut all = all.to_vec();
            let slept = all[next].0 + 1;
            all[next] = (slept, now + tasks[next].get(slept).copied().unwrap_or(0));
            go(tasks, &all, &format!("{said} {next}"), found);
        }
    }
    let begin: Vec<(usize, u64)> = tasks.iter().map(|sleeps| (0, sleeps[0])).collect();
    let mut found = BTreeSet::new();
    go(tasks, &begin, "", &mut found);
    found
}

#[test]
fn a_time_that_was_reckoned_in_several_ways_is_the_same_time() {
    for tasks in [
        &[&[500, 500][..], &[1_000]][..],
        &[&[1_000], &[500, 500]],
        &[&[100, 300], &[200, 200], &[400]],
    ] {
        let expected = tied(tasks);
        assert!(expected.len() > 1, "{tasks:?}");
        each(&sleepers(tasks), 3_000, |program, python, orders| {
            assert!(orders.all, "{tasks:?}: {} of {}", orders.run, orders.at_least);
            let found: BTreeSet<String> = outputs(&orders).into_iter().collect();
            assert_eq!(found, expected, "{tasks:?}");
            // Where nothing is changed it is the order that it has by itself.
            let plain = python::start_with(python.as_ref(), program, &Options::default()).unwrap();
            let plain = plain.into_recording().unwrap().events.into_iter();
            let plain: Vec<String> = plain
                .filter_map(|event| match event.what {
                    What::Print { text, .. } => Some(text),
                    _ => None,
                })
                .collect();
            let first = orders.outputs.iter().find(|output| output.example.changes == 0).unwrap();
            assert_eq!(first.lines, plain, "{tasks:?}");
        });
    }
}

/// What they print where a sleep may end after another one that it would have ended
/// before, but within twice its time: the model, in the plainest way.
fn jittered(tasks: &[&[u64]]) -> BTreeSet<String> {
    /// The time, and of each task how often it has slept, when it wakes and when at
    /// the latest.
    type State = (u64, Vec<(usize, u64, u64)>);
    fn go(tasks: &[&[u64]], (now, all): State, said: &str, found: &mut BTreeSet<String>) {
        let sleeps = |task: usize| all[task].0 < tasks[task].len();
        let asleep: Vec<usize> = (0..tasks.len()).filter(|task| sleeps(*task)).collect();
        let Some(limit) = asleep.iter().map(|task| all[*task].2).min() else {
            found.insert(said.trim().to_owned());
            return;
        };
        for next in asleep.iter().copied().filter(|task| all[*task].1 <= limit) {
            let (now, mut all) = (now.max(all[next].1), all.clone());
            let slept = all[next].0 + 1;
            let ms = tasks[next].get(slept).copied().unwrap_or(0);
            all[next] = (slept, now + ms, now + 2 * ms);
            go(tasks, (now, all), &format!("{said} {next}"), found);
        }
    }
    let begin = tasks.iter().map(|sleeps| (0, sleeps[0], 2 * sleeps[0])).collect();
    let mut found = BTreeSet::new();
    go(tasks, (0, begin), "", &mut found);
    found
}

#[test]
fn with_jitter_a_sleep_may_take_up_to_twice_its_time() {
    for tasks in [
        &[&[1_000][..], &[1_500]][..],
        &[&[1_000], &[2_100]],
        &[&[1_000, 1_000], &[1_700, 200]],
        &[&[1_000], &[1_100], &[1_900], &[3_000]],
        &[&[300, 300, 300], &[1_000]],
    ] {
        let expected = jittered(tasks);
        each_of(&sleepers(tasks), 3_000, true, |_, _, orders| {
            assert!(orders.all, "{tasks:?}: {} of {}", orders.run, orders.at_least);
            let found: BTreeSet<String> = outputs(&orders).into_iter().collect();
            assert_eq!(found, expected, "{tasks:?}");
        });
    }
}

const IN_TIME: &str = "\
import asyncio

async def main():
    for limit in [1.5, 3]:
        try:
            await asyncio.wait_for(asyncio.sleep(1), limit)
            print('in time')
        except asyncio.TimeoutError:
            print('too late')

asyncio.run(main())
";

#[test]
fn with_jitter_a_timeout_is_on_time() {
    each_of(IN_TIME, 100, true, |program, python, orders| {
        assert!(orders.all, "{orders:?}");
        assert_eq!(outputs(&orders), ["in time in time", "too late in time"]);
        let late = orders.outputs.iter().find(|one| one.lines[0] == "too late").unwrap();
        let (order, wide) = token::schedule(&late.example.token).unwrap();
        assert!(wide, "{}", late.example.token);
        let options = Options { order: Some(order), wide, ..Options::default() };
        let session = python::start_with(python.as_ref(), program, &options).unwrap();
        token::check(&late.example.token, IN_TIME, &session.choices).unwrap();
    });
    each(IN_TIME, 100, |_, _, orders| assert_eq!(outputs(&orders), ["in time in time"]));
}

#[test]
fn what_a_thread_does_beside_the_loop_is_no_proof() {
    each(QUEUE, 100, |_, _, orders| assert!(!orders.is_proof(), "{orders:?}"));
    each(RACE, 100, |_, _, orders| assert!(orders.is_proof(), "{orders:?}"));
}
