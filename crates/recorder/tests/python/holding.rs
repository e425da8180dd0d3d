//! Who keeps the thread for long: virtual time stands still meanwhile, so the
//! run goes on the machine's clock from there, and the line is named.

use recording::event::{Class, Event, What};
use recording::findings::{Kind, findings};
use recording::session::Ending;
use recording::words;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::support::{PYTHONS, Python, Recorded, each, show};

/// A script in which a heart beats every 100 ms, and `work` does what is given.
fn beside_a_heart(work: &str) -> String {
    format!(
        "import asyncio, queue, select, subprocess, threading, time
from concurrent.futures import Future, wait
async def heart():
    for _ in range(3):
        await asyncio.sleep(0.1)
        print('beat')
async def work():
    await asyncio.sleep(0.05)
    print('begins')
    {work}
    print('ends')
async def main():
    await asyncio.gather(heart(), work())
asyncio.run(main())
"
    )
}

/// The line of the work, and of what it prints before.
const WORK: u32 = 10;

/// Asserts that a call, given `S` seconds, holds the thread for them at its line,
/// and that this is what is found. On a busy machine it takes longer to be seen.
#[track_caller]
fn assert_held(python: &Python, call: &str) {
    for s in ["0.3", "1", "4", "16"] {
        let script = beside_a_heart(&call.replace('S', s));
        let recorded = python.record(&script);
        let seen = |event: &Event| matches!(event.what, What::Block { .. });
        if recorded.recording.events.iter().any(seen) || s == "16" {
            return assert_seen(python, &recorded, &script);
        }
    }
}

#[track_caller]
fn assert_seen(python: &Python, recorded: &Recorded, script: &str) {
    let shown = || format!("3.{}: {}", python.minor, show(&recorded.recording));
    assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
    assert_eq!(recorded.recording.header.class, Class::Order, "{}", shown());
    assert_eq!(recorded.stdout(), ["begins", "ends", "beat", "beat", "beat"], "{}", shown());
    let blocks: Vec<_> = recorded
        .recording
        .events
        .iter()
        .filter_map(|event| match event.what {
            // On a busy machine the interpreter itself may be slow to end.
            What::Block { task: Some(task), us, line, .. } => Some((task, us / 1000, line)),
            _ => None,
        })
        .collect();
    let [(task, ms, line)] = blocks.as_slice() else { panic!("{blocks:?}\n{}", shown()) };
    assert_eq!((*task, *line), (2, Some(WORK.into())), "{}", shown());
    assert!(*ms >= 295, "{}", shown());
    let found = findings(&recorded.recording, &recorded.ending, Duration::ZERO, script, None);
    let [held] = found.as_slice() else { panic!("{found:#?}\n{}", shown()) };
    assert_eq!((held.kind, held.lines.as_slice()), (Kind::Held, [WORK.into()].as_slice()));
}

#[test]
fn a_blocking_call_holds_the_thread_for_as_long_as_it_does() {
    for call in [
        "threading.Event().wait(S)",
        "c = threading.Condition(); c.acquire(); c.wait(S)",
        "lock = threading.Lock(); lock.acquire(); lock.acquire(timeout=S)",
        "wait([Future()], timeout=S)",
        "subprocess.run(['sleep', 'S'])",
        "select.select([], [], [], S)",
        "p = select.poll(); p.poll(S * 1000)",
        "t = threading.Thread(target=time.sleep, args=(S,)); t.start(); t.join(50)",
    ] {
        each(|python| assert_held(python, call));
    }
}

#[test]
fn a_blocking_call_that_is_caught_holds_it_too() {
    let call = "\
try: queue.Queue().get(timeout=S)
    except queue.Empty: pass";
    each(|python| assert_held(python, call));
}

/// A script in which a timer is due after so many milliseconds, and in one step after it
/// was set something is waited for, for four.
fn beside_a_timer(ms: u32, wait: &str) -> String {
    format!(
        "import asyncio, select, socket
one, other = socket.socketpair()
one.settimeout(0.004)
async def wait():
    await asyncio.sleep(0)
    try: {wait}
    except OSError: pass
    print('waited')
async def tick():
    await asyncio.sleep({ms} / 1000)
    print('tick')
async def main():
    await asyncio.gather(wait(), tick())
asyncio.run(main())
"
    )
}

#[test]
fn a_short_wait_takes_its_time_if_a_timer_is_due_within_it() {
    for wait in ["select.select([], [], [], 0.004)", "one.recv(1)"] {
        let script = beside_a_timer(2, wait);
        each(|python| {
            // On a busy machine it may not be seen, but not each time.
            let is_seen = (0..10).any(|_| {
                let recorded = python.record(&script);
                assert_eq!(recorded.stdout(), ["waited", "tick"], "{}", recorded.stderr);
                let events = recorded.recording.events.iter();
                let mut prints = events.filter(|event| matches!(event.what, What::Print { .. }));
                recorded.recording.header.notes
                    == ["It makes calls that block the event loop's thread."]
                    && prints.all(|print| print.t >= 4000)
            });
            assert!(is_seen, "3.{}: {wait}", python.minor);
        });
    }
}

#[test]
fn a_short_wait_takes_no_time_while_nobody_is_late() {
    let script = beside_a_timer(60_000, "select.select([], [], [], 0.004)");
    each(|python| {
        let recorded = python.record(&script);
        assert_eq!(recorded.recording.header.class, Class::Exact);
        assert_eq!(recorded.prints(), ["0 waited", "60000 tick"]);
    });
}

#[test]
fn nobody_is_late_beside_a_timer_that_is_due_at_once() {
    for delay in ["-float('inf')", "-1", "0"] {
        let script = format!(
            "import asyncio, select
async def main():
    asyncio.get_running_loop().call_later({delay}, print, 'at once')
    select.select([], [], [], 0.02)
    await asyncio.sleep(1)
    print('end')
asyncio.run(main())
"
        );
        each(|python| {
            let recorded = python.record(&script);
            assert_eq!(recorded.recording.header.class, Class::Exact);
            assert_eq!(recorded.prints(), ["0 at once", "1000 end"]);
        });
    }
}

#[test]
fn a_computation_takes_its_time_while_a_timer_runs() {
    // For a second of the processor's time, however busy the machine is.
    let script = "\
end = time.process_time() + 1
    while time.process_time() < end: pass";
    let script = beside_a_heart(script);
    each(|python| {
        let recorded = python.record(&script);
        assert_eq!(recorded.recording.header.notes, ["It computes while a timer runs."]);
        assert_eq!(recorded.stdout(), ["begins", "ends", "beat", "beat", "beat"]);
        let found = findings(&recorded.recording, &recorded.ending, Duration::ZERO, &script, None);
        let [held] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!(
            (held.kind, held.lines.as_slice()),
            (Kind::Held, [(WORK + 1).into()].as_slice())
        );
    });
}

#[test]
fn a_computation_takes_no_time_while_nobody_is_late() {
    let script = "import asyncio, time
async def main():
    await asyncio.sleep(0.1)
    end = time.process_time() + 0.3
    while time.process_time() < end: pass
    await asyncio.wait_for(asyncio.sleep(0.1), 60)
    print('end')
asyncio.run(main())
";
    each(|python| {
        let recorded = python.record(script);
        assert_eq!(recorded.recording.header.class, Class::Exact);
        assert_eq!(recorded.prints(), ["200 end"]);
    });
}

#[test]
fn whoever_asks_for_the_time_over_and_over_sees_it_pass() {
    for clock in ["monotonic", "perf_counter", "time"] {
        let script = format!(
            "import time
end = time.{clock}() + 0.3
while time.{clock}() < end: pass
print('end')
"
        );
        each(|python| {
            let recorded = python.record(&script);
            recorded.assert_real_time("It asks for the time over and over.");
            assert_eq!(recorded.stdout(), ["end"]);
        });
    }
}

#[test]
fn whoever_asks_for_the_time_now_and_then_is_not_waiting_for_it() {
    let script = "import time
for _ in range(3000):
    time.monotonic()
    sum(range(5000))
print('end')
";
    each(|python| {
        let recorded = python.record(script);
        assert_eq!(recorded.recording.header.class, Class::Exact);
        assert_eq!(recorded.prints(), ["0 end"]);
    });
}

#[test]
fn whoever_gives_the_turn_away_beside_a_timer_is_told_that_time_stands_still() {
    let script = "import asyncio
async def poll(box):
    while not box:
        await asyncio.sleep(0)
    print('polled', box)
async def main():
    box = []
    task = asyncio.create_task(poll(box))
    await asyncio.sleep(0.2)
    box.append('letter')
    await task
asyncio.run(main())
";
    each(|python| {
        let recorded = python.record(script);
        assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
        assert_eq!(recorded.stdout(), ["polled ['letter']"]);
        let notes = &recorded.recording.header.notes;
        assert!(notes[0].contains("virtual time stands still meanwhile"), "{notes:?}");
    });
}

#[test]
fn a_process_forks_alone() {
    // From 3.12 on Python warns of a fork beside threads.
    let script = "import os, time, warnings
warnings.simplefilter('error')
for _ in range(3):
    if os.fork() == 0:
        os._exit(0)
    os.wait()
print('end')
";
    each(|python| {
        let recorded = python.record(script);
        assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
        assert_eq!(recorded.stdout(), ["end"]);
    });
}

#[test]
fn a_call_that_never_returns_is_named_by_its_line() {
    let script = "import asyncio
async def load():
    await asyncio.sleep(0.1)
    return 42
def ask(loop):
    return asyncio.run_coroutine_threadsafe(load(), loop).result()
async def main():
    print('asking')
    print('got', ask(asyncio.get_running_loop()))
asyncio.run(main())
";
    // With one Python: it costs the whole time that it is given.
    let Some(python) = PYTHONS.last() else { return };
    let silent = Duration::from_secs(5);
    let found =
        |recorded: &Recorded| findings(&recorded.recording, &recorded.ending, silent, script, None);
    let is_enough = |recorded: &Recorded| found(recorded).iter().any(|held| held.lines == [6]);
    let recorded = python.record_for_a_while(script, is_enough);
    assert_eq!(recorded.ending, Ending::TimedOut);
    let found = found(&recorded);
    let [held] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((held.kind, held.lines.as_slice()), (Kind::Held, [6.into()].as_slice()));
    let task = recorded.recording.events[held.evidence[0].event].what.task();
    assert_eq!(task, Some(0), "{held:?}");
}

#[test]
fn a_thread_that_is_never_given_back_is_held_up_to_the_end() {
    each(|python| {
        let script = "import asyncio, threading
async def main():
    threading.Event().wait()
asyncio.run(main())
";
        let kept = |recorded: &Recorded| match recorded.recording.events.last().map(|e| &e.what) {
            Some(What::Block { us, .. }) => *us,
            _ => 0,
        };
        let recorded = python.record_for_a_while(script, |recorded| kept(recorded) > 500_000);
        assert!(kept(&recorded) > 500_000, "{}", show(&recorded.recording));
        let silent = Duration::from_millis(300);
        let found = findings(&recorded.recording, &recorded.ending, silent, script, None);
        let long = words::duration(words::round(kept(&recorded)));
        assert_eq!(
            found[0].says,
            format!(
                "main, at line 3, has had the thread for {long} and does not give it back: its \
                 last step never ended"
            )
        );
    });
}

#[test]
fn a_timer_that_is_due_when_a_computation_begins_is_late() {
    let script = "import asyncio, time
async def heart():
    for _ in range(2):
        await asyncio.sleep(0.05)
        print('beat')
async def main():
    beats = asyncio.create_task(heart())
    await asyncio.sleep(0.1)
    end = time.process_time() + 0.3
    while time.process_time() < end: pass
    print('ends')
    await beats
asyncio.run(main())
";
    each(|python| {
        let recorded = python.record(script);
        let shown = || format!("3.{}: {}", python.minor, show(&recorded.recording));
        assert_eq!(recorded.stdout(), ["beat", "ends", "beat"], "{}", shown());
        assert_eq!(recorded.recording.header.notes, ["It computes while a timer runs."]);
        let found = findings(&recorded.recording, &recorded.ending, Duration::ZERO, script, None);
        let [held] = found.as_slice() else { panic!("{found:#?}\n{}", shown()) };
        assert_eq!(held.kind, Kind::Held, "{}", shown());
    });
}

#[test]
fn whoever_asks_the_loop_for_the_time_sees_it_pass() {
    for clock in ["asyncio.get_running_loop().time", "time.monotonic"] {
        let script = format!(
            "import asyncio, time
async def main():
    clock = {clock}
    end = clock() + 0.1
    while clock() < end:
        await asyncio.sleep(0)
    print('over')
asyncio.run(main())
"
        );
        each(|python| {
            let recorded = python.record(&script);
            recorded.assert_real_time("It asks for the time over and over.");
            assert_eq!(recorded.stdout(), ["over"], "3.{}", python.minor);
        });
    }
}

#[test]
fn what_is_counted_from_while_the_recorder_looks_is_no_more_than_what_is_counted_then() {
    // The other thread has just begun to look, late, and is asked before it says since when.
    let code = "import time
from context_switch import usage, watch
from context_switch.clock import Clock
one = watch.Watch(Clock(real=False), print)
class Looks(usage.Looks):
    def delayed(self):
        if self._due:
            before.append(one._tells()[-1])
        return super().delayed()
before, one._looks = [], Looks()
one._looks.waits(0)
time.sleep(0.05)
one._looks.begin()
one._looks.end()
print(one.in_the_way(time.monotonic_ns()) >= before[0])
";
    each(|python| {
        let output = Command::new(&python.command)
            .args(["-B", "-c", code])
            .env("PYTHONPATH", Path::new(env!("CARGO_MANIFEST_DIR")).join("python"))
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.stdout, b"True\n", "3.{}: {stderr}", python.minor);
    });
}
