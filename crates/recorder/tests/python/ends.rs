//! How a script ends, well or badly, and what is said about it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use recorder::program::{Options, Program};
use recorder::python;
use recording::event::{Class, Clock, Language, Stream, What};
use recording::session::Ending;

use crate::patience::given_time;
use crate::support::{PYTHONS, Python, Recorded, each, each_from, show};

#[test]
fn an_exception_says_the_file_and_the_line() {
    each(|python| {
        let recorded = python.record("print('before')\nraise ValueError('no')\n");
        assert_eq!(recorded.ending, Ending::Exit(1));
        assert_eq!(recorded.prints(), ["0 before"]);
        assert_eq!(recorded.ends(), ["0 main panic: ValueError: no"]);
        assert!(
            recorded.stderr.contains("script.py\", line 2, in <module>"),
            "{}",
            recorded.stderr
        );
        assert!(recorded.stderr.ends_with("ValueError: no\n"), "{}", recorded.stderr);
        assert!(!recorded.stderr.contains("context_switch"), "{}", recorded.stderr);
    });
}

#[test]
fn a_syntax_error_says_the_line_and_nothing_is_recorded() {
    each(|python| {
        let recorded = python.record("print('before')\ndef main():\n    await foo()\n");
        assert_eq!(recorded.ending, Ending::Exit(1));
        assert!(recorded.recording.events.is_empty());
        assert!(recorded.stderr.contains("script.py\", line 3"), "{}", recorded.stderr);
        assert!(recorded.stderr.contains("SyntaxError"), "{}", recorded.stderr);
    });
}

#[test]
fn a_binary_file_is_named() {
    each(|python| {
        let recorded = python.record("\u{0}\u{1}binary\u{0}");
        assert_eq!(recorded.ending, Ending::Exit(1));
        assert!(recorded.stderr.contains("script.py"), "{}", recorded.stderr);
    });
}

#[test]
fn an_empty_file_does_nothing() {
    each(|python| {
        let recorded = python.record("");
        assert_eq!(recorded.ending, Ending::Exit(0));
        assert_eq!(recorded.ends(), ["0 main ready"]);
    });
}

#[test]
fn a_file_that_does_not_exist_is_an_error() {
    let path = Path::new("no/such/script.py");
    let program = Program {
        name: "x".into(),
        path: path.into(),
        language: Language::Python,
        args: Vec::new(),
    };
    let error = python::start(&program, &Options::default()).err().expect("there is no file");
    assert!(format!("{error:#}").contains("no/such/script.py"), "{error:#}");
}

#[test]
fn a_machine_without_python_says_what_to_do() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/scripts/turns.py");
    let program = Program { name: "x".into(), path, language: Language::Python, args: Vec::new() };
    let error = python::start_with("no-such-python".as_ref(), &program, &Options::default())
        .err()
        .expect("there is no such Python");
    let text = format!("{error:#}");
    assert!(text.contains("no-such-python") && text.contains(python::PYTHON), "{text}");
}

#[test]
fn waiting_for_what_never_comes_is_a_deadlock() {
    each(|python| {
        let recorded = python.record(
            "import asyncio
async def foo(lock):
    async with lock: pass
async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    print('mine')
    await foo(lock)
asyncio.run(main())
",
        );
        assert_eq!(recorded.ending, Ending::Stuck);
        assert_eq!(recorded.prints(), ["0 mine"]);
        assert_eq!(recorded.waits(), ["0 main: lock"]);
    });
}

#[test]
fn a_sleep_without_end_waits_for_ever() {
    each(|python| {
        for (delay, waits) in [
            ("float('inf')", "0 main: time"),
            ("sys.maxsize", "0 main: time"),
            ("10**10", "0 main: 10000000000 s"),
        ] {
            let recorded = python.record(&format!(
                "import asyncio, sys
async def other():
    await asyncio.wait_for(asyncio.sleep(1), float('inf'))
    print('other')
async def main():
    asyncio.get_running_loop().call_later(-float('inf'), print, 'at once')
    task = asyncio.create_task(other())
    await asyncio.sleep({delay})
    print('never')
asyncio.run(main())
"
            ));
            assert_eq!(recorded.ending, Ending::Stuck, "{}", recorded.stderr);
            assert_eq!(recorded.prints(), ["0 at once", "1000 other"]);
            assert_eq!(recorded.waits()[0], waits);
        }
    });
}

#[test]
fn a_script_that_never_yields_is_stopped() {
    // With one Python: it costs the whole time that it is given.
    if let Some(python) = PYTHONS.first() {
        let script = "print('a')\nwhile True: pass\n";
        let recorded = python.record_for_a_while(script, |recorded| recorded.stdout() == ["a"]);
        assert_eq!(recorded.ending, Ending::TimedOut);
        assert_eq!(recorded.prints(), ["0 a"]);
    }
}

#[test]
fn a_script_that_gets_on_is_not_stopped_however_long_it_takes() {
    // With one Python: it takes twice as long as it may be silent.
    let Some(python) = PYTHONS.last() else { return };
    let run = |timeout: Duration| {
        let script = format!(
            "import asyncio
def now():
    with open('/proc/uptime') as uptime:
        return float(uptime.read().split()[0])
async def main():
    begun = now()
    for n in range(200):
        while now() < begun + n * {}: pass
        print(n)
        await asyncio.sleep(60)
asyncio.run(main())
",
            timeout.as_secs_f64() / 100.0
        );
        python.try_text_with(&script, &Options { timeout, ..Options::default() })
    };
    // On a busy machine it takes its time to begin, and to come to the next line.
    let ended = |run: &anyhow::Result<Recorded>| {
        run.as_ref().is_ok_and(|recorded| recorded.ending == Ending::Exit(0))
    };
    let recorded = given_time(run, ended).unwrap();
    assert_eq!(recorded.ending, Ending::Exit(0));
    assert_eq!(recorded.prints().last().unwrap(), "11940000 199");
    assert_eq!(recorded.recording.header.clock, Clock::Virtual);
}

#[test]
fn on_the_machines_clock_a_script_that_gets_on_is_stopped_all_the_same() {
    let Some(python) = PYTHONS.last() else { return };
    let script = "import asyncio, subprocess
async def main():
    subprocess.run(['true'])
    while True:
        print('beat')
        await asyncio.sleep(0.01)
asyncio.run(main())
";
    let run = |timeout| python.try_text_with(script, &Options { timeout, ..Options::default() });
    let beats = |run: &anyhow::Result<Recorded>| {
        run.as_ref().is_ok_and(|recorded| recorded.stdout().len() > 2)
    };
    let recorded = given_time(run, beats).unwrap();
    assert_eq!(recorded.ending, Ending::TimedOut);
    assert_eq!(recorded.recording.header.clock, Clock::Real);
}

/// Pieces of `letter`s: how many there are of them in each line.
fn lengths(recorded: &Recorded, letter: char) -> Vec<usize> {
    let lines = recorded.stdout().into_iter().filter(|line| line.contains(letter));
    lines.map(|line| line.chars().count()).collect()
}

#[test]
fn a_line_is_one_however_long_it_is_up_to_a_megabyte() {
    each(|python| {
        let recorded = python.record(
            "for line in ['z' * 70_000, 'y' * (1 << 20), 'x' * (2 << 20), 'a' + 'é' * 600_000]:
    print(line)
print('end', end='')
",
        );
        assert_eq!(lengths(&recorded, 'z'), [70_000]);
        assert_eq!(lengths(&recorded, 'y'), [1 << 20]);
        assert_eq!(lengths(&recorded, 'x'), [1 << 20, 1 << 20]);
        // The piece ends with a whole letter.
        assert_eq!(lengths(&recorded, 'é'), [1 << 19, 600_001 - (1 << 19)]);
        assert_eq!(recorded.stdout().len(), 7, "and nothing else");
    });
}

#[test]
fn there_is_nothing_to_read() {
    each(|python| {
        let recorded = python.record("print('name?')\nprint(input())\n");
        assert_eq!(recorded.ending, Ending::Exit(1));
        assert_eq!(recorded.prints(), ["0 name?"]);
        assert!(recorded.stderr.contains("EOFError"), "{}", recorded.stderr);
    });
}

#[test]
fn an_exit_inside_a_task_is_the_status() {
    each(|python| {
        let recorded = python.record(
            "import asyncio, sys
async def foo():
    await asyncio.sleep(1)
    sys.exit(3)
async def main():
    task = asyncio.create_task(foo())
    await asyncio.sleep(2)
asyncio.run(main())
",
        );
        assert_eq!(recorded.ending, Ending::Exit(3));
        assert_eq!(recorded.ends(), ["1000 foo panic: SystemExit: 3", "1000 main cancelled"]);
        assert!(!show(&recorded.recording).contains("context_switch"));
    });
}

#[test]
fn an_immediate_exit_keeps_what_was_before() {
    each(|python| {
        let recorded = python.record(
            "import asyncio, os
async def main():
    print('bye', end='')
    os._exit(4)
asyncio.run(main())
",
        );
        assert_eq!(recorded.ending, Ending::Exit(4));
        assert_eq!(recorded.prints(), ["0 bye"]);
        assert_eq!(recorded.ends(), ["0 main exits with 4"]);
    });
}

#[test]
fn a_signal_is_the_ending() {
    each(|python| {
        let recorded = python.record("import os\nprint('a')\nos.kill(os.getpid(), 9)\n");
        assert_eq!(recorded.ending, Ending::Signal(9));
        assert_eq!(recorded.prints(), ["0 a"]);
    });
}

#[test]
fn a_closed_stdout_fails_as_it_does_without_the_recorder() {
    each(|python| {
        for (close, error) in [("sys.stdout.close()", "ValueError"), ("os.close(1)", "OSError")] {
            let script = format!(
                "import os, sys\nprint('a', flush=True)\n{close}\nprint('b', flush=True)\n"
            );
            let recorded = python.record(&script);
            assert_eq!(recorded.ending, Ending::Exit(1));
            assert_eq!(recorded.prints(), ["0 a"]);
            assert!(recorded.stderr.contains(error), "{}", recorded.stderr);
        }
    });
}

#[test]
fn child_processes_are_not_recorded() {
    each(|python| {
        let recorded = python.record(
            "import os, subprocess, sys
print('before')
if os.fork() == 0:
    print('forked')
    sys.exit()
os.wait()
subprocess.run([sys.executable, '-c', 'print(\"other\")'])
os.write(1, b'past the recorder\\n')
print('after')
",
        );
        recorded.assert_real_time("It starts other processes.");
        assert_eq!(recorded.stdout(), ["before", "after"]);
        for past in ["forked", "other", "past the recorder"] {
            assert!(recorded.stderr.contains(past), "{}", recorded.stderr);
        }
    });
}

#[test]
fn threads_of_its_own_need_the_real_clock() {
    each(|python| {
        let recorded = python.record(
            "import asyncio, queue, threading, time
def work(loop, future, items):
    time.sleep(0.1)
    print('thread', items.get())
    loop.call_soon_threadsafe(future.set_result, 5)
async def main():
    loop = asyncio.get_running_loop()
    future, items = loop.create_future(), queue.Queue()
    threading.Thread(target=work, args=(loop, future, items)).start()
    await asyncio.sleep(0.02)
    items.put('item')
    print(await future)
asyncio.run(main())
",
        );
        recorded.assert_real_time("It starts threads of its own; loops in them are not recorded.");
        assert_eq!(recorded.stdout(), ["thread item", "5"]);
    });
}

#[test]
fn a_call_in_a_thread_that_waits_for_the_loop_needs_the_real_clock() {
    each(|python| {
        let recorded = python.record(
            "import asyncio
async def answer():
    await asyncio.sleep(0.01)
    return 42
def ask(loop):
    return asyncio.run_coroutine_threadsafe(answer(), loop).result()
async def main():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, ask, loop))
asyncio.run(main())
",
        );
        assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
        assert_eq!(recorded.stdout(), ["42"]);
        assert_eq!(recorded.recording.header.class, Class::Order);
    });
}

#[test]
fn calls_that_take_real_time_wait_for_room_in_their_pool() {
    // Where the loop waits for them, and where its thread does.
    let ways =
        ["pool = ThreadPoolExecutor(1)\n    if True:", "with ThreadPoolExecutor(1) as pool:"];
    each(|python| {
        for way in ways {
            let recorded = python.record(&format!(
                "import asyncio, select
from concurrent.futures import ThreadPoolExecutor
def wait(n):
    select.select([], [], [], 0.2)
    return n
async def main():
    loop = asyncio.get_running_loop()
    {way}
        calls = [loop.run_in_executor(pool, wait, n) for n in range(3)]
    print(await asyncio.gather(*calls))
asyncio.run(main())
"
            ));
            assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
            assert_eq!(recorded.stdout(), ["[0, 1, 2]"]);
            assert_eq!(recorded.recording.header.class, Class::Order);
        }
    });
}

#[test]
fn the_real_clock_can_be_asked_for() {
    each(|python| {
        let options = Options { real_time: true, ..Options::default() };
        let script = "import time\nprint('a')\ntime.sleep(0.05)\nprint('b')\n";
        let recorded = python.record_text_with(script, &options);
        assert_eq!(recorded.stdout(), ["a", "b"]);
        assert_eq!(recorded.recording.header.clock, Clock::Real);
        let slept = recorded.recording.events.last().expect("there is an end").t;
        assert!(slept >= 50_000, "{slept}");
    });
}

#[test]
fn times_and_dates_are_virtual() {
    each(|python| {
        let recorded = python.record(
            "import asyncio, datetime, random, time
async def main():
    print(datetime.datetime.now(), time.strftime('%X'), random.random())
    before = time.perf_counter()
    await asyncio.sleep(61.5)
    print(datetime.datetime.now(), time.strftime('%X'), time.perf_counter() - before)
asyncio.run(main())
",
        );
        assert_eq!(
            recorded.prints(),
            [
                "0 2020-01-01 00:00:00 00:00:00 0.8444218515250481",
                "61500 2020-01-01 00:01:01.500000 00:01:01 61.5",
            ]
        );
    });
}

#[test]
fn chance_is_the_same_every_time() {
    each(|python| {
        let script = "import os, random, secrets, tempfile, uuid
print(random.random(), random.Random().random(), random.SystemRandom().random())
print(os.urandom(4), secrets.token_hex(4), uuid.uuid4())
print(os.path.basename(tempfile.mktemp()))
random.seed()
print(random.random(), random.Random(1).random(), random.choice('abc'))
";
        let first = python.record(script);
        assert_eq!(first.ending, Ending::Exit(0), "{}", first.stderr);
        let prints = first.prints();
        assert!(prints[0].starts_with("0 0.8444218515250481 "), "{prints:?}");
        assert!(prints[3].contains(" 0.13436424411240122 "), "as seeded by the script: {prints:?}");
        assert_eq!(python.record(script).prints(), prints);
    });
}

#[test]
fn an_asyncio_that_no_import_shows_is_seen_when_it_runs() {
    each(|python| {
        let recorded = python.record(
            "run = __import__('asyncio').run
async def foo():
    print('foo')
print('before')
run(foo())
",
        );
        assert_eq!(recorded.recording.names().shown().collect::<Vec<_>>(), ["foo"]);
        assert_eq!(recorded.stdout(), ["before", "foo"]);
    });
}

#[test]
fn debug_messages_are_the_same_every_time() {
    each(|python| {
        let script = "import asyncio, time
async def main():
    time.sleep(0.5)
    await asyncio.sleep(1)
asyncio.run(main(), debug=True)
";
        let first = python.record(script);
        let prints = first.prints();
        assert!(prints[0].contains("took 0.500 seconds"), "{prints:#?}");
        assert!(!prints[0].contains("context_switch"), "{prints:#?}");
        assert_eq!(python.record(script).recording, first.recording);
    });
}

/// Asserts that a script says on both outputs what it says without the recorder, but for
/// where files are; lines of the latter.
fn assert_says_the_same(python: &Python, script: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("script.py"), script).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(&python.command);
        command.args(arguments).current_dir(&folder).output().unwrap()
    };
    let by_itself = run(&["script.py"]);
    let library = run(&["-c", "import sysconfig; print(sysconfig.get_paths()['stdlib'])"]);
    let library = format!("{}/", String::from_utf8(library.stdout).unwrap().trim());
    let here = format!("{}/", folder.path().display());
    let lines = |said: Vec<u8>| -> Vec<String> {
        let said = String::from_utf8(said).unwrap().replace(&library, "").replace(&here, "");
        said.lines().map(str::to_owned).collect()
    };
    let (stdout, stderr) = (lines(by_itself.stdout), lines(by_itself.stderr));
    let recorded = python.record_file(&folder.path().join("script.py"));
    let of = |stream: Stream| {
        let events = recorded.recording.events.iter();
        events.filter_map(move |event| match &event.what {
            What::Print { text, stream: to, .. } if *to == stream => Some(text.clone()),
            _ => None,
        })
    };
    assert_eq!(of(Stream::Stdout).collect::<Vec<_>>(), stdout, "3.{}", python.minor);
    let at_the_end = lines(recorded.stderr.clone().into_bytes());
    let said: Vec<_> = of(Stream::Stderr).chain(at_the_end).collect();
    assert_eq!(said, stderr, "3.{}", python.minor);
    stderr
}

#[test]
fn debug_mode_says_what_it_says_without_the_recorder() {
    let script = "import asyncio, logging
logging.basicConfig(level=logging.DEBUG, format='%(message)s')
async def fail():
    raise ValueError
async def main():
    loop = asyncio.get_running_loop()
    asyncio.create_task(fail())
    future = loop.create_future()
    future.set_exception(KeyError())
    await asyncio.sleep(0.01)
    del future
    print(*loop.call_soon(print)._source_traceback.format())
    print(*loop.call_later(9, print)._source_traceback.format())
    print(*loop.call_at(loop.time() + 9, print)._source_traceback.format())
asyncio.run(main(), debug=True)
";
    each(|python| {
        let said = assert_says_the_same(python, script);
        assert!(said[0].starts_with("Using selector: "), "{said:#?}");
    });
}

#[test]
fn a_chain_of_exceptions_is_told_as_python_tells_it() {
    let script = "import asyncio
class Failed(Exception):
    pass
async def load():
    try:
        int('x')
    except ValueError as error:
        raise Failed('to load') from error
async def main():
    await asyncio.gather(load())
asyncio.run(main())
";
    each(|python| drop(assert_says_the_same(python, script)));
}

#[test]
fn a_traceback_of_a_group_shows_none_of_the_recorder() {
    let script = "import asyncio, traceback
async def fail(what):
    raise what
async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(ValueError('one')))
            group.create_task(fail(OSError('two')))
    except BaseException:
        traceback.print_exc()
asyncio.run(main())
";
    each_from(11, |python| drop(assert_says_the_same(python, script)));
}

#[test]
fn a_task_that_ends_the_program_is_told_as_python_tells_it() {
    let script = "import asyncio, sys
async def leave():
    await asyncio.sleep(0.01)
    sys.exit(7)
async def main():
    task = asyncio.create_task(leave())
    await asyncio.sleep(1)
asyncio.run(main())
";
    each(|python| drop(assert_says_the_same(python, script)));
}

#[test]
fn of_all_numbers_only_addresses_are_left_out() {
    each(|python| {
        let recorded = python.record("print(hex(0xdeadbeef), [object()])\n");
        assert_eq!(recorded.stdout(), ["0xdeadbeef [<object object at 0x…>]"]);
    });
}

#[test]
fn a_complaint_at_the_very_end_says_no_more_than_python() {
    each(|python| {
        let recorded = python.record("async def foo(): pass\nfoo = foo()\n");
        let complaint = "0 sys:1: RuntimeWarning: coroutine 'foo' was never awaited";
        assert_eq!(recorded.prints()[0], complaint);
    });
}

#[test]
fn a_loop_in_another_thread_is_not_recorded() {
    each(|python| {
        let recorded = python.record(
            "import asyncio, threading
async def other():
    await asyncio.sleep(0.01)
    print('other')
    return 42
async def main():
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    future = asyncio.run_coroutine_threadsafe(other(), loop)
    print(await asyncio.wrap_future(future))
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
asyncio.run(main())
",
        );
        assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
        assert_eq!(recorded.stdout(), ["other", "42"]);
        assert_eq!(recorded.recording.names().shown().collect::<Vec<_>>(), ["main"]);
    });
}

#[test]
fn a_loop_in_a_call_goes_on_beside_the_tasks() {
    each(|python| {
        let recorded = python.record(
            "import asyncio
async def inner():
    await asyncio.sleep(0.1)
    return await asyncio.to_thread(str.upper, 'inner')
async def main():
    call = asyncio.create_task(asyncio.to_thread(lambda: asyncio.run(inner())))
    await asyncio.sleep(0.05)
    print(call.done(), await call)
asyncio.run(main())
",
        );
        recorded.assert_real_time("It runs a loop in another thread, which is not recorded.");
        assert!(recorded.recording.header.partial);
        assert_eq!(recorded.stdout(), ["False INNER"]);
    });
}

#[test]
fn where_the_main_thread_runs_no_loop_that_of_another_thread_is_recorded() {
    each(|python| {
        let recorded = python.record(
            "import asyncio, threading
async def add(a, b):
    await asyncio.sleep(0.05)
    return a + b
async def first():
    print('first', await add(1, 1))
threads = [threading.Thread(target=lambda: asyncio.run(first()))]
threads[0].start()
threads[0].join()
loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_forever, daemon=True)
thread.start()
print(asyncio.run_coroutine_threadsafe(add(1, 2), loop).result())
asyncio.run_coroutine_threadsafe(add(3, 4), loop)
",
        );
        recorded.assert_real_time(
            "It starts threads of its own; the loop that runs in one of them is recorded.",
        );
        assert!(!recorded.recording.header.partial);
        assert_eq!(recorded.stdout(), ["first 2", "3"]);
        let names = recorded.recording.names();
        let names: Vec<_> = names.shown().filter_map(|name| name.split(' ').next()).collect();
        assert_eq!(names[..2], ["first", "add"]);
        // That a thread is left when all is over is no reason for it to fail.
        assert!(recorded.ends().iter().all(|end| end.ends_with(" ready")), "{:?}", recorded.ends());
    });
}

#[test]
fn a_warning_of_asyncio_is_about_who_called_it() {
    each(|python| {
        let recorded = python.record(
            "import asyncio, sys
async def main():
    old = {'loop': asyncio.get_running_loop()} if sys.version_info < (3, 10) else {}
    asyncio.Lock(**old)
    asyncio.Queue(**old)
    await asyncio.wait([asyncio.ensure_future(asyncio.sleep(0))], **old)
asyncio.run(main())
",
        );
        let stderr = recorded.recording.events.iter().filter_map(|event| match &event.what {
            What::Print { text, stream: Stream::Stderr, .. } => text.split(": The").next(),
            _ => None,
        });
        let warnings: Vec<&str> = stderr.filter(|text| text.contains("Warning")).collect();
        let lines: &[u32] = if python.minor == 9 { &[4, 5, 6] } else { &[] };
        let expected = lines.iter().map(|line| format!("script.py:{line}: DeprecationWarning"));
        assert_eq!(warnings, expected.collect::<Vec<_>>());
    });
}

#[test]
fn a_thread_has_the_name_its_pool_gives_it() {
    each(|python| {
        let recorded = python.record(
            "import asyncio, threading, time
from concurrent.futures import ThreadPoolExecutor
def name(seconds=0):
    time.sleep(seconds)
    return threading.current_thread().name
async def main():
    loop = asyncio.get_running_loop()
    print(await asyncio.to_thread(name))
    with ThreadPoolExecutor(2, 'worker') as pool:
        seconds = 0.1, 0.2, 0.2
        print(*await asyncio.gather(*(loop.run_in_executor(pool, name, s) for s in seconds)))
asyncio.run(main())
",
        );
        assert_eq!(recorded.stdout(), ["asyncio_0", "worker_0 worker_1 worker_0"]);
        assert_eq!(recorded.recording.header.class, Class::Exact);
    });
}

#[test]
fn a_pool_that_prepares_its_threads_needs_the_real_clock() {
    each(|python| {
        let recorded = python.record(
            "import asyncio, threading
from concurrent.futures import ThreadPoolExecutor
local = threading.local()
def prepare(value):
    local.value = value
async def main():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, initializer=prepare, initargs=(42,)) as pool:
        print(await loop.run_in_executor(pool, lambda: local.value))
asyncio.run(main())
",
        );
        recorded.assert_real_time("It prepares the threads of a pool.");
        assert_eq!(recorded.stdout(), ["42"]);
    });
}

#[test]
fn asyncio_looks_like_itself() {
    each(|python| {
        let recorded = python.record(
            "import asyncio
async def main():
    task = asyncio.create_task(asyncio.sleep(0), name='nap')
    loop = asyncio.get_running_loop()
    print(isinstance(task, asyncio.Future), type(task), type(loop.create_future()))
    print(loop.call_soon(print), loop.call_later(1, print))
    done, pending = await asyncio.wait([task])
    print(loop, done, pending)
asyncio.run(main())
",
        );
        let lines = recorded.stdout();
        assert_eq!(lines[0], "True <class '_asyncio.Task'> <class '_asyncio.Future'>");
        assert!(
            lines[1].starts_with("<Handle print()> <TimerHandle when=1.000000000"),
            "{lines:?}"
        );
        assert!(lines[3].starts_with("<_UnixSelectorEventLoop running=True"), "{lines:?}");
        assert!(lines[3].ends_with("result=None>} set()"), "{lines:?}");
        assert!(lines[3].contains("{<Task finished name='nap'"), "{lines:?}");
    });
}

#[test]
fn what_a_later_python_lacks_is_named() {
    let recorder = Path::new(env!("CARGO_MANIFEST_DIR")).join("python");
    each(|python| {
        let run = |before: &str| {
            let code = format!(
                "import asyncio, threading; from context_switch import needs; \
                 {before}; print(needs.missing())"
            );
            let output = Command::new(&python.command)
                .args(["-B", "-c", &code])
                .env("PYTHONPATH", &recorder)
                .output()
                .unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        assert_eq!(run("pass"), "None\n");
        let gone = run("del asyncio.base_events.BaseEventLoop._call_soon");
        assert!(gone.contains("_UnixSelectorEventLoop._call_soon"), "{gone}");
        assert!(run("del threading._shutdown").contains("threading._shutdown"));
    });
}

#[test]
fn every_wait_that_has_a_kind_is_still_in_asyncio() {
    let recorder = Path::new(env!("CARGO_MANIFEST_DIR")).join("python");
    each(|python| {
        let code = "import asyncio, importlib, inspect
from context_switch import waits
for module, function in waits._KINDS:
    try:
        source = inspect.getsource(importlib.import_module('asyncio.' + module))
    except ImportError:
        source = ''
    if f'def {function}(' not in source:
        print(f'{module}.{function}')
";
        let output = Command::new(&python.command)
            .args(["-B", "-c", code])
            .env("PYTHONPATH", &recorder)
            .output()
            .unwrap();
        let gone = String::from_utf8(output.stdout).unwrap();
        // Task groups and barriers came with 3.11.
        let expected: &[&str] = match python.minor {
            ..11 => &["taskgroups.__aexit__", "locks._block", "locks._wait"],
            _ => &[],
        };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(gone.lines().collect::<Vec<_>>(), expected, "3.{}", python.minor);
    });
}
