//! Calls in pools of threads: on virtual time they have no threads of their own, and
//! a program is not to see that.

use recording::event::Class;
use recording::session::Ending;

use crate::support::{Python, each};

/// Asserts that a script prints this, on the machine's clock. A busy machine may delay
/// any of its threads, but not each time.
#[track_caller]
fn assert_prints(python: &Python, script: &str, expected: &[&str]) {
    let mut printed = Vec::new();
    for _ in 0..10 {
        let recorded = python.record(script);
        assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
        if recorded.stdout() == expected {
            assert_eq!(recorded.recording.header.class, Class::Order, "3.{}", python.minor);
            return;
        }
        printed.push(recorded.stdout());
    }
    panic!("3.{} never prints {expected:?}: {printed:?}", python.minor);
}

#[test]
fn a_pool_that_is_over_takes_no_more_calls() {
    each(|python| {
        let recorded = python.record(
            "import asyncio, time
from concurrent.futures import ThreadPoolExecutor
async def ask(pool):
    try:
        print(await asyncio.get_running_loop().run_in_executor(pool, int))
    except RuntimeError as error:
        print(error)
async def main():
    loop = asyncio.get_running_loop()
    for wait in True, False:
        pool = ThreadPoolExecutor(1)
        pool.shutdown(wait)
        await ask(pool)
    pool = ThreadPoolExecutor(1)
    first, second = (loop.run_in_executor(pool, time.sleep, 0.1) for _ in range(2))
    await asyncio.sleep(0.05)
    pool.shutdown(wait=False, cancel_futures=True)
    await ask(pool)
    await asyncio.wait([first, second])
    print(first.cancelled(), second.cancelled())
    loop.set_default_executor(pool)
    await ask(None)
    await loop.shutdown_default_executor()
    await ask(None)
asyncio.run(main())
",
        );
        assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
        let over = "cannot schedule new futures after shutdown";
        let loops = "Executor shutdown has been called";
        assert_eq!(recorded.stdout(), [over, over, over, "False True", over, loops]);
        assert_eq!(recorded.recording.header.class, Class::Exact);
    });
}

#[test]
fn a_call_takes_as_long_as_what_it_waits_for() {
    // Each waits for less than a human would notice.
    let waits = [
        "threading.Event().wait(0.09)",
        "threading.Lock().acquire() and lock.acquire(True, 0.09)",
        "select.select([], [], [], 0.09)",
        "[select.select([], [], [], 0.003) for _ in range(30)]",
    ];
    each(|python| {
        for wait in waits {
            let script = format!(
                "import asyncio, select, threading
lock = threading.Lock()
lock.acquire()
async def call():
    await asyncio.to_thread(lambda: {wait})
    print('call')
async def tick():
    await asyncio.sleep(0.02)
    print('tick')
async def main():
    await asyncio.gather(call(), tick())
asyncio.run(main())
"
            );
            assert_prints(python, &script, &["tick", "call"]);
        }
    });
}

#[test]
fn what_comes_within_a_short_wait_of_a_call_comes_before_its_end() {
    each(|python| {
        let script = "import asyncio, select
async def call():
    await asyncio.sleep(0)
    await asyncio.to_thread(select.select, [], [], [], 0.004)
    print('call')
async def tick():
    await asyncio.sleep(0.002)
    print('tick')
async def main():
    await asyncio.gather(call(), tick())
asyncio.run(main())
";
        assert_prints(python, script, &["tick", "call"]);
    });
}

#[test]
fn a_call_of_a_pool_that_is_all_taken_waits_for_room_wherever_it_comes_from() {
    each(|python| {
        let script = "import asyncio, concurrent.futures, threading
async def main():
    loop = asyncio.get_running_loop()
    with concurrent.futures.ThreadPoolExecutor(1, 'pool') as pool:
        def outer():
            inner = pool.submit(lambda: threading.current_thread().name)
            try:
                return inner.result(timeout=0.5)
            except concurrent.futures.TimeoutError:
                return inner
        inner = await loop.run_in_executor(pool, outer)
        print(await asyncio.wrap_future(inner))
asyncio.run(main())
";
        assert_prints(python, script, &["pool_0"]);
    });
}

#[test]
fn a_call_that_asks_for_the_time_finds_that_as_much_has_passed_as_it_took() {
    each(|python| {
        let script = "import asyncio, select, time
def call():
    for clock in time.monotonic, time.perf_counter, time.time:
        began = clock()
        select.select([], [], [], 0.09)
        print(0.0899 < clock() - began)
async def main():
    loop = asyncio.get_running_loop()
    await asyncio.gather(asyncio.sleep(0.02), loop.run_in_executor(None, call))
asyncio.run(main())
";
        let recorded = python.record(script);
        recorded.assert_real_time("A thread computes, or waits for something else than the clock.");
        assert_eq!(recorded.stdout(), ["True"; 3], "3.{}", python.minor);
    });
}

#[test]
fn an_exception_of_a_call_has_the_traceback_that_a_pool_gives_it() {
    each(|python| {
        let script = "import asyncio, traceback
async def main():
    try:
        await asyncio.get_running_loop().run_in_executor(None, int, 'x')
    except ValueError as error:
        for call in traceback.extract_tb(error.__traceback__):
            if not call.filename.endswith(('_switch/jobs.py', '_switch/calls.py')):
                print(call.name)
asyncio.run(main())
";
        assert_eq!(python.record(script).stdout(), ["main", "run"], "3.{}", python.minor);
    });
}

/// A process that keeps the first processor busy.
struct Busy(std::process::Child);

impl Busy {
    fn begin(python: &Python) -> Self {
        let script = "import os
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
print(flush=True)
while True: pass
";
        let mut busy = std::process::Command::new(&python.command);
        busy.args(["-c", script]).stdout(std::process::Stdio::piped());
        let mut child = busy.spawn().unwrap();
        let begins = child.stdout.as_mut().unwrap();
        std::io::Read::read_exact(begins, &mut [0]).unwrap();
        Busy(child)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_call_that_gets_no_processor_stays_on_virtual_time() {
    let script = "import asyncio, hashlib, os, time
def call():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    os.setpriority(os.PRIO_PROCESS, 0, 19)
    # Not in Python meanwhile, others are not held up.
    hashlib.sha256(bytes(1 << 22)).hexdigest()
    time.sleep(0.1)
    print('call')
async def tick():
    await asyncio.sleep(0.05)
    print('tick')
async def main():
    await asyncio.gather(asyncio.to_thread(call), tick())
asyncio.run(main())
";
    each(|python| {
        let _busy = Busy::begin(python);
        let recorded = python.record(script);
        assert_eq!(recorded.stdout(), ["tick", "call"], "3.{}", python.minor);
        let header = &recorded.recording.header;
        assert_eq!(header.class, Class::Exact, "3.{}: {:?}", python.minor, header.notes);
    });
}
