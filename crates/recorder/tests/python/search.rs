//! Scripts run in every order.

use std::num::NonZeroUsize;

use recorder::program::{Options, Program};
use recorder::python;
use recorder::search::{Orders, runner, search, token};
use recording::session::Ending;

use super::outputs::outputs;
use super::support::PYTHONS;

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
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script.py");
    std::fs::write(&path, text).unwrap();
    let program = Program::at(&path).unwrap();
    for python in PYTHONS.iter() {
        let script = python::Forking::of(python.command.as_ref(), &program);
        let run = |schedule: &_| {
            script.start(&Options { order: Some(Clone::clone(schedule)), ..Options::default() })
        };
        let orders = search(text, &run, NonZeroUsize::new(most).unwrap(), &|| {}).unwrap();
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
        let order = token::schedule(&failed.example.token).unwrap();
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
    let options = Options::within(std::time::Duration::from_secs(1));
    let run = runner(&program, None, &options);
    let orders = search(ENDLESS, &run, NonZeroUsize::new(20).unwrap(), &|| {}).unwrap();
    let endless = orders.outputs.iter().find(|output| output.ending == Ending::TimedOut);
    let endless = endless.unwrap_or_else(|| panic!("{orders:?}"));
    assert!(endless.orders > 0 && endless.example.changes > 0, "{orders:?}");
    assert!(orders.outputs.iter().any(|output| output.lines == ["a b"]), "{orders:?}");
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
