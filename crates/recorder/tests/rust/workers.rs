//! Runtimes with several workers.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use recorder::program::Options;
use recording::check::check;
use recording::event::{Class, Clock, Event, Header, TaskId, What};
use recording::session::Ending;

use crate::support::{prints, program};

/// One run of `tests/rust/programs/NAME.rs` on so many workers; its events
/// hold to the rules.
fn run(name: &str, workers: usize) -> (Header, Vec<Event>) {
    let options = Options { workers: NonZeroUsize::new(workers), ..Options::default() };
    let session = program(name).start(&options).unwrap();
    assert_eq!(session.ending, Ending::Exit(0), "{name}");
    let recording = session.into_recording().unwrap();
    check(&recording.events).unwrap_or_else(|broken| panic!("{name}: {broken}"));
    (recording.header, recording.events)
}

/// The threads on which each task was polled.
fn threads(events: &[Event]) -> BTreeMap<TaskId, BTreeSet<u32>> {
    let mut threads: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for event in events {
        if let What::Poll { task, .. } = event.what {
            let worker = event.worker.expect("only the runtime's threads poll");
            threads.entry(task).or_default().insert(worker);
        }
    }
    threads
}

#[test]
fn two_tasks_that_compute_are_polled_on_two_workers() {
    let (header, events) = run("computes_twice", 2);
    let threads = threads(&events);
    assert_eq!(threads[&0], [0].into(), "main has the main thread");
    assert_eq!(&threads[&1] | &threads[&2], [1, 2].into());
    assert_eq!((header.workers, header.clock, header.class), (Some(2), Clock::Real, Class::Seen));
    assert_eq!(
        header.notes,
        [
            "written for the current-thread runtime, recorded on several threads",
            "one possible run of many"
        ]
    );
}

#[test]
fn a_task_is_seen_to_move_to_another_worker() {
    let (header, events) = run("moves", 2);
    assert_eq!(threads(&events)[&1], [1, 2].into());
    assert_eq!(header.notes, ["one possible run of many"]);
}

#[test]
fn what_blocks_in_place_is_recorded_on_workers() {
    for name in ["blocks_in_place", "receives_in_place"] {
        let (header, events) = crate::support::run(program(name));
        assert_eq!((header.workers, header.clock), (Some(2), Clock::Real), "{name}");
        assert_eq!(header.class, Class::Seen, "{name}");
        assert_eq!(
            header.notes,
            [
                "recorded on 2 workers: it blocks on a future in block_in_place",
                "one possible run of many"
            ]
        );
        assert!(prints(&events)[0].ends_with("main: 42"), "{name}");
    }
}

#[test]
fn whatever_the_threads_do_the_rules_hold() {
    for _ in 0..50 {
        let (_, events) = run("busy", 4);
        let prints = events.iter().filter_map(|event| match &event.what {
            What::Print { text, .. } => Some(text.as_str()),
            _ => None,
        });
        assert_eq!(prints.collect::<Vec<_>>(), ["570 60"]);
    }
}

#[test]
fn without_workers_no_event_has_a_thread() {
    let (_, events) = crate::support::run(program("busy"));
    assert!(events.iter().all(|event| event.worker.is_none()));
}
