//! What comes from outside of the loop: signals, threads, other processes. It is
//! waited for, and not delayed.

use recording::event::{Class, What};
use recording::session::Ending;
use recording::thread::Thread;

use crate::support::{IS_QUICK, each, show};

#[test]
fn whoever_heeds_a_signal_is_not_stuck() {
    let script = "import asyncio, os, signal, subprocess, sys
async def main():
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(stop.set))
    if sys.argv[0].endswith('script.py'):
        kill = f'sleep 0.2; kill -TERM {os.getpid()}'
        subprocess.Popen(['sh', '-c', f'({kill}) & exec true']).wait()
    print('waiting')
    await stop.wait()
    print('stopped')
asyncio.run(main())
";
    each(|python| {
        let recorded = python.record(script);
        assert_eq!(recorded.ending, Ending::Exit(0), "3.{}: {}", python.minor, recorded.stderr);
        assert_eq!(recorded.stdout(), ["waiting", "stopped"]);
    });
}

#[test]
fn an_alarm_comes_when_it_should() {
    for alarm in ["setitimer(signal.ITIMER_REAL, 0.3)", "alarm(1)"] {
        let script = format!(
            "import asyncio, signal
async def main():
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    signal.signal(signal.SIGALRM, lambda *_: loop.call_soon_threadsafe(stop.set))
    signal.{alarm}
    print('waiting')
    await asyncio.wait_for(stop.wait(), 20)
    print('stopped')
asyncio.run(main())
"
        );
        each(|python| {
            let recorded = python.record(&script);
            recorded.assert_real_time("It sets an alarm.");
            assert_eq!(recorded.stdout(), ["waiting", "stopped"]);
            let stopped = recorded.recording.events.last().expect("there is an end").t;
            assert!((300_000..20_000_000).contains(&stopped), "{stopped}");
        });
    }
}

#[test]
fn a_thread_that_threading_does_not_know_may_wake_the_loop() {
    let script = "import asyncio, _thread, time
def work(loop, future):
    time.sleep(0.2)
    loop.call_soon_threadsafe(future.set_result, 'done')
async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    _thread.start_new_thread(work, (loop, future))
    print(await future)
asyncio.run(main())
";
    each(|python| {
        let recorded = python.record(script);
        assert_eq!(recorded.ending, Ending::Exit(0), "3.{}: {}", python.minor, recorded.stderr);
        assert_eq!(recorded.stdout(), ["done"]);
    });
}

#[test]
fn what_is_printed_in_a_thread_is_the_threads() {
    let script = "import asyncio, threading, time
def work(word):
    time.sleep(0.1)
    print(word)
async def main():
    print('main')
    await asyncio.to_thread(work, 'pool')
    thread = threading.Thread(target=work, args=('own',), name='worker')
    thread.start()
    await asyncio.sleep(0.3)
    thread.join()
if not hasattr(asyncio, 'to_thread'):
    raise SystemExit
asyncio.run(main())
";
    each(|python| {
        let recorded = python.record(script);
        let printed: Vec<_> = recorded
            .recording
            .events
            .iter()
            .filter_map(|event| match &event.what {
                What::Print { task, thread, text, .. } => Some((*task, thread.clone(), &**text)),
                _ => None,
            })
            .collect();
        let expected = [
            (Some(0), None, "main"),
            (None, Some(Thread::Named("asyncio_0".to_owned())), "pool"),
            (None, Some(Thread::Named("worker".to_owned())), "own"),
        ];
        assert_eq!(printed, expected, "{}", show(&recorded.recording));
    });
}

#[test]
fn an_answer_over_loopback_is_not_delayed_on_the_machines_clock() {
    // A child process that has ended long ago puts the run on the machine's clock.
    let script = "import asyncio, subprocess
async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line)
    writer.close()
async def main():
    subprocess.run(['true'])
    server = await asyncio.start_server(echo, '127.0.0.1', 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    async def ask():
        writer.write(b'ping\\n')
        await reader.readline()
    print(await is_quick(ask))
    writer.close()
asyncio.run(main())
";
    let script = format!("{IS_QUICK}{script}");
    each(|python| {
        let recorded = python.record(&script);
        assert_eq!(recorded.ending, Ending::Exit(0), "3.{}: {}", python.minor, recorded.stderr);
        assert_eq!(recorded.stdout(), ["True"], "3.{}", python.minor);
        assert_eq!(recorded.recording.header.class, Class::Order);
    });
}
