//! A machine that has something else to do changes nothing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use recording::event::Class;

use crate::support::{program, run, tell};

/// How often each program runs; the environment can ask for more.
const RUNS: (&str, usize) = ("RECORDER_RUNS", 20);

/// Calls `f` while each processor has a thread that never rests.
fn busy<T>(f: impl FnOnce() -> T) -> T {
    struct Rest<'a>(&'a AtomicBool);
    impl Drop for Rest<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let rest = AtomicBool::new(false);
    thread::scope(|scope| {
        let _rest = Rest(&rest);
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while !rest.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        f()
    })
}

fn runs() -> usize {
    std::env::var(RUNS.0).ok().and_then(|runs| runs.parse().ok()).unwrap_or(RUNS.1)
}

#[test]
fn an_exact_recording_is_the_same_on_a_busy_machine() {
    for name in ["handles", "lists", "locks", "timers", "io", "threads"] {
        let (header, first) = run(program(name));
        assert_eq!(header.class, Class::Exact, "{name}");
        busy(|| {
            for n in 1..runs() {
                assert_eq!(run(program(name)), (header.clone(), first.clone()), "{name}, run {n}");
            }
        });
    }
}

#[test]
fn one_of_class_order_has_the_same_events_on_a_busy_machine() {
    // The steps of each in their order. How those of two threads fall between
    // each other is chance.
    let each = || {
        let (header, events) = run(program("computes_on_threads"));
        assert_eq!(header.class, Class::Order);
        let mut told = tell(&events);
        told.sort_by_key(|line| line.split(' ').next().map(str::to_owned));
        told
    };
    let first = each();
    busy(|| {
        for n in 1..runs().div_ceil(4) {
            assert_eq!(each(), first, "run {n}");
        }
    });
}
