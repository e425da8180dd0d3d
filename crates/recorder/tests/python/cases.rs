//! What programs of other people got wrong, or were told wrongly, where that is no
//! program of `findings`: `findings/asyncio.txt` is the list.

use recording::event::What;
use recording::findings::{Kind, findings};
use recording::session::Ending;

use crate::support::{IS_QUICK, Python, Recorded, each, each_from, prints_by_itself, show};

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
fn a_timeout_whose_cancellation_asyncio_swallows_is_told_once() {
    let script = "import asyncio
async def main():
    event = asyncio.Event()
    asyncio.get_running_loop().call_later(0.1, event.set)
    try:
        async with asyncio.timeout(0.1):
            await asyncio.wait_for(event.wait(), 10)
            await asyncio.sleep(0.5)
            print('goes on')
    except TimeoutError:
        print('over')
asyncio.run(main())
";
    each_from(11, |python| {
        let recorded = python.record(script);
        let found = found(&recorded, script);
        if python.minor >= 12 {
            assert_eq!((recorded.prints(), found), (vec!["100 over".to_owned()], vec![]));
            return;
        }
        assert_eq!(recorded.prints(), ["600 goes on"]);
        let [(kind, lines, says)] = &found[..] else { panic!("{found:#?}") };
        assert_eq!((*kind, &lines[..]), (Kind::Uncancelled, &[7][..]));
        assert!(says.contains("up to Python 3.11"), "{says}");
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
