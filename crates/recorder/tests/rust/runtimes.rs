//! Runtimes of every kind, and none.

use std::collections::BTreeSet;

use recording::event::{Class, Clock, What};

use crate::support::{assert_told, prints, program, run, story, tell};

#[test]
fn several_runtimes_come_one_after_the_other() {
    assert_told(
        &story("runtimes"),
        &[
            "main thread prints before",
            "first begins",
            "first prints first",
            "first ready",
            "second begins",
            "second prints second",
            "end of second",
            "main thread prints between",
            "main begins",
            "main spawns left_behind",
            "main prints MultiThread 3",
            "end of main",
            "left_behind dropped",
            "main prints no drivers",
            "end of main",
        ],
    );
}

#[test]
fn two_runtimes_run_at_the_same_time() {
    let (header, events) = run(program("two_runtimes"));
    assert_eq!((header.class, header.clock), (Class::Exact, Clock::Virtual));
    let told = tell(&events);
    assert_told(
        &told,
        &[
            "ask waits for answer (21)",
            "answer waits for 1 s (29)",
            "answer wakes ask",
            "ask prints 42",
            "answer polled (31)",
            "answer prints answered",
            "end of answer",
            "ask prints joined, CurrentThread",
            "last prints last",
            "forever dropped",
        ],
    );
    // The thread that began to run a runtime first has no number.
    let workers = events.iter().filter(|event| matches!(event.what, What::Poll { .. }));
    let workers: BTreeSet<_> = workers.map(|event| event.worker).collect();
    assert_eq!(workers, [None, Some(1)].into());
}

#[test]
fn a_multi_threaded_runtime_is_noted() {
    let (header, _) = run(program("runtimes"));
    assert_eq!(header.notes, ["written for the multi-threaded runtime, recorded on one thread"]);
    assert_eq!((header.class, header.clock), (Class::Exact, Clock::Virtual));
    let (header, _) = run(program("channels"));
    assert_eq!(header.notes, [""; 0]);
}

#[test]
fn a_program_without_a_runtime_is_one_task() {
    let told = story("no_async");
    assert_eq!(
        told,
        [
            "main begins",
            "main polled (5)",
            "main prints no async",
            "main blocks for 1000000",
            "main prints at all",
            "main ready",
            "end of main",
        ]
    );
    let (_, events) = run(program("no_async"));
    assert_eq!(prints(&events).last().unwrap(), "1000000 main: at all");
}

#[test]
fn main_has_begun_before_its_threads_do_anything() {
    assert_eq!(
        story("thread_before_main"),
        [
            "main begins",
            "main polled (2)",
            "thread 1 prints from a thread",
            "main ready",
            "end of main",
        ]
    );
}

#[test]
fn whoever_does_a_thing_has_its_own_name() {
    assert_told(
        &story("names_of_threads"),
        &[
            "main thread prints before",
            "run prints a task",
            "blocking thread prints a call",
            "trouble: Panic (12)",
            "thread my thread prints thread panicked at line 12, column 36:",
            "thread my thread prints no answer",
            "thread 1 prints a thread",
            "main thread blocks for 10000",
        ],
    );
}
