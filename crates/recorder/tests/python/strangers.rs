//! What a script is, is seen from what it runs: asyncio reached through a library,
//! loops and tasks that are not asyncio's own, other libraries altogether.

use std::path::{Path, PathBuf};
use std::time::Duration;

use recorder::program::Options;
use recording::event::{Class, Clock, What};
use recording::findings::{Kind, findings};
use recording::on::{Io, On};
use recording::session::Ending;
use tempfile::TempDir;

use crate::support::{Python, Recorded, each, show};

/// Records `script` with other files beside it.
fn record(python: &Python, script: &str, files: &[(&str, &str)], options: &Options) -> Recorded {
    let (_dir, path) = laid(script, files);
    python.record_with(&path, options)
}

/// A folder with `script` and other files in it, and where the script is.
fn laid(script: &str, files: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    };
    for (name, text) in files {
        write(name, text);
    }
    let path = write("script.py", script);
    (dir, path)
}

/// A library that runs asyncio for whoever uses it.
const LIBRARY: (&str, &str) = (
    "library.py",
    "import asyncio
pause = asyncio.sleep
def go(main):
    asyncio.run(main)
async def _serve(over):
    server = await asyncio.start_server(lambda *_: None, '127.0.0.1', 0)
    asyncio.get_running_loop().call_later(0.3, over)
    await server.serve_forever()
def serve(over):
    asyncio.run(_serve(over))
",
);

#[test]
fn a_script_that_reaches_asyncio_through_a_library_has_one_main() {
    let script = "import library
async def main():
    print('hello')
    await library.pause(1)
    print('bye')
print('before')
library.go(main())
print('after')
";
    each(|python| {
        let recorded = record(python, script, &[LIBRARY], &Options::default());
        assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
        assert_eq!(
            recorded.recording.names().shown().collect::<Vec<_>>(),
            ["main"],
            "{}",
            show(&recorded.recording)
        );
        assert_eq!(recorded.prints(), ["0 before", "0 hello", "1000 bye", "1000 after"]);
        let printers: Vec<_> = recorded
            .recording
            .events
            .iter()
            .filter_map(|event| match event.what {
                What::Print { task, .. } => Some(task),
                _ => None,
            })
            .collect();
        assert_eq!(printers, [None, Some(0), Some(0), None]);
    });
}

#[test]
fn an_exception_that_ends_such_a_script_is_one() {
    let script = "import library
async def main():
    raise ValueError('no')
library.go(main())
";
    each(|python| {
        let recorded = record(python, script, &[LIBRARY], &Options::default());
        assert_eq!(recorded.ending, Ending::Exit(1));
        assert_eq!(recorded.ends(), ["0 main panic: ValueError: no"]);
    });
}

#[test]
fn a_script_that_imports_asyncio_and_runs_no_loop_is_one_task() {
    each(|python| {
        let recorded = python.record("import asyncio, time\ntime.sleep(1)\nprint('end')\n");
        assert_eq!(recorded.recording.names().shown().collect::<Vec<_>>(), ["main"]);
        assert_eq!(recorded.prints(), ["1000 end"]);
        assert_eq!(recorded.ends(), ["1000 main ready"]);
    });
}

#[test]
fn of_an_idle_server_nothing_is_found_but_that_it_was_stopped() {
    // It has listened for a while, however slow the machine is.
    let script = "import library, os, signal
def stop():
    os.kill(os.getpid(), signal.SIGKILL)
library.serve(stop)
";
    each(|python| {
        for real_time in [false, true] {
            let options = Options { real_time, ..Options::default() };
            let recorded = record(python, script, &[LIBRARY], &options);
            assert_eq!(recorded.ending, Ending::Signal(9), "{}", recorded.stderr);
            let silent = Duration::from_secs(2);
            let found = findings(&recorded.recording, &recorded.ending, silent, script, None);
            let [stopped] = &found[..] else { panic!("3.{}: {found:?}", python.minor) };
            assert_eq!(stopped.kind, Kind::Stopped);
            let last = stopped.evidence.last().unwrap().event;
            let What::Pending { task, on: Some(on), .. } = &recorded.recording.events[last].what
            else {
                panic!("3.{}: {stopped:?}", python.minor)
            };
            assert_eq!(on[..], [On::Io { what: Io::Connections }], "3.{}", python.minor);
            assert!(recorded.recording.names().of(*task).ends_with("_serve"));
        }
    });
}

/// As uvloop and rloop are made: a class, what makes one, and a policy.
fn another_loop(class: &str) -> String {
    format!(
        "import asyncio
class {class}(asyncio.AbstractEventLoop):
    def __init__(self):
        raise SystemExit('the real one')
def new_event_loop():
    return {class}()
def run(main, *, loop_factory=new_event_loop):
    async def wrapper():
        return await main
    loop = loop_factory()
    assert isinstance(loop, {class})
    loop.run_until_complete(wrapper())
class EventLoopPolicy(asyncio.DefaultEventLoopPolicy):
    def _loop_factory(self):
        return new_event_loop()
"
    )
}

const MAIN: &str = "async def foo():
    await asyncio.sleep(0.3)
    print('foo')
async def main():
    task = asyncio.create_task(foo())
    await asyncio.sleep(0.5)
    print(type(asyncio.get_running_loop()).__module__)
";

#[test]
fn a_faster_loop_is_replaced_by_the_recorded_one() {
    let ways = [
        "uvloop.run(main())",
        "rloop.new_event_loop().run_until_complete(main())",
        "asyncio.set_event_loop_policy(uvloop.EventLoopPolicy()); asyncio.run(main())",
        "asyncio.set_event_loop_policy(rloop.EventLoopPolicy()); asyncio.run(main())",
    ];
    let (uvloop, rloop) = (another_loop("Loop"), another_loop("RLoop"));
    let files = [("uvloop.py", uvloop.as_str()), ("rloop.py", rloop.as_str())];
    for way in ways {
        let script = format!("import asyncio, uvloop, rloop\n{MAIN}{way}\n");
        // Policies go away with 3.16.
        each(|python| {
            let recorded = record(python, &script, &files, &Options::default());
            assert_eq!(recorded.ending, Ending::Exit(0), "3.{}: {}", python.minor, recorded.stderr);
            let name = if way.contains("uvloop") { "uvloop" } else { "rloop" };
            assert_eq!(recorded.stdout(), ["foo", name]);
            assert_eq!(recorded.ends().len(), 2, "{}", show(&recorded.recording));
            let header = &recorded.recording.header;
            assert_eq!((header.class, header.partial), (Class::Exact, false));
            let note = format!("It asks for the event loop of {name}.");
            assert!(header.notes[0].starts_with(&note), "{:?}", header.notes);
        });
    }
}

/// Asserts that the run is said to be not all, for the reason given.
#[track_caller]
fn assert_partial(recorded: &Recorded, why: &str) {
    let header = &recorded.recording.header;
    assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
    assert_eq!((header.class, header.clock), (Class::Order, Clock::Real));
    assert!(header.partial);
    assert_eq!(header.notes[0], why);
}

#[test]
fn a_loop_of_ones_own_runs_and_is_said_to_be_missing() {
    let script = format!(
        "import asyncio
{MAIN}class Loop(asyncio.selector_events.BaseSelectorEventLoop):
    pass
loop = Loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
loop.close()
"
    );
    each(|python| {
        let recorded = python.record(&script);
        assert_partial(&recorded, "It runs __main__.Loop, an event loop that is not recorded.");
        assert_eq!(recorded.stdout(), ["foo", "__main__"]);
        assert_eq!(recorded.recording.names().shown().collect::<Vec<_>>(), [] as [&str; 0]);
    });
}

#[test]
fn tasks_of_another_class_are_said_to_be_missing() {
    let script = format!(
        "import asyncio
{MAIN}class Task(asyncio.tasks._PyTask):
    pass
def factory(loop, coro, **options):
    return Task(coro, loop=loop, **options)
async def both():
    asyncio.get_running_loop().set_task_factory(factory)
    await main()
asyncio.run(both())
"
    );
    each(|python| {
        let recorded = python.record(&script);
        let why = "Its tasks are of a class of their own (__main__.Task): they are not recorded.";
        assert_partial(&recorded, why);
        assert_eq!(recorded.stdout()[0], "foo");
    });
}

#[test]
fn what_trio_runs_is_said_to_be_missing() {
    let run = "import time
def setup_runner():
    pass
def run(main):
    setup_runner()
    time.sleep(0.2)
    main()
";
    let files = [
        ("trio/__init__.py", "from ._core._run import run\n"),
        ("trio/_core/__init__.py", ""),
        ("trio/_core/_run.py", run),
    ];
    let script = "import trio\nprint('before')\ntrio.run(lambda: print('main'))\n";
    each(|python| {
        let recorded = record(python, script, &files, &Options::default());
        let why = "It runs trio, whose tasks are not recorded: asyncio's alone are.";
        assert_partial(&recorded, why);
        assert_eq!(recorded.stdout(), ["before", "main"]);
        assert_eq!(
            recorded.recording.names().shown().collect::<Vec<_>>(),
            [] as [&str; 0],
            "{}",
            show(&recorded.recording)
        );
    });
}

#[test]
fn what_a_module_asks_another_program_when_it_is_imported_is_over_before() {
    let files = [("finds.py", "import subprocess\nsubprocess.run(['true'])\n")];
    let script = format!("import asyncio\nimport finds\n{MAIN}asyncio.run(main())\n");
    each(|python| {
        let recorded = record(python, &script, &files, &Options::default());
        assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
        assert_eq!(recorded.recording.header.class, Class::Exact);
    });
}

#[test]
fn a_task_is_spawned_where_it_is_asked_for() {
    let script = "import asyncio
class Loop(asyncio.SelectorEventLoop):
    def create_task(self, coro, **options):
        return super().create_task(coro, **options)
async def foo():
    pass
async def main():
    await asyncio.create_task(foo())
loop = Loop()
loop.run_until_complete(main())
loop.run_until_complete(main())
";
    each(|python| {
        let recorded = python.record(script);
        let spawned: Vec<_> = recorded
            .recording
            .events
            .iter()
            .filter_map(|event| match &event.what {
                What::Spawn { name, line, .. } => Some((name.as_str(), line.map(u32::from))),
                _ => None,
            })
            .collect();
        // Of the first, the beginning.
        let expected = [("main", Some(7)), ("foo", Some(8)), ("main", Some(11)), ("foo", Some(8))];
        assert_eq!(spawned, expected);
        let ended = recorded.recording.events.iter().filter(|e| matches!(e.what, What::End { .. }));
        assert_eq!(ended.count(), 2);
    });
}

#[test]
fn a_file_that_somebody_else_compiles_has_its_own_lines() {
    // As pytest does: by the file's whole path.
    let runner = "import asyncio
def main(path):
    names = {'__name__': 'tests'}
    exec(compile(open(path).read(), path, 'exec'), names)
    for name in [name for name in names if name.startswith('test')]:
        asyncio.run(names[name]())
";
    let script = "import asyncio
async def test_one():
    await asyncio.sleep(1)
async def test_two():
    asyncio.create_task(asyncio.sleep(5))
    await asyncio.sleep(0.1)
if __name__ == '__main__':
    import runner
    runner.main(__file__)
";
    each(|python| {
        let recorded = record(python, script, &[("runner.py", runner)], &Options::default());
        let lines = recorded.recording.events.iter().filter_map(|event| match &event.what {
            What::Spawn { task, line, .. } => Some(("spawn", *task, line.map(u32::from))),
            What::Pending { task, line, .. } => Some(("pending", *task, line.map(u32::from))),
            _ => None,
        });
        let expected = [
            ("spawn", 0, Some(2)),
            ("pending", 0, Some(3)),
            ("spawn", 1, Some(4)),
            ("spawn", 2, Some(5)),
            ("pending", 1, Some(6)),
            ("pending", 2, None),
        ];
        assert_eq!(lines.collect::<Vec<_>>(), expected, "{}", show(&recorded.recording));
    });
}
