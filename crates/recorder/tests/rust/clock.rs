//! The clock of a recorded program: as it is on a machine, and as tokio's own is
//! for those that pause it.

use std::num::NonZeroUsize;
use std::time::Duration;

use recorder::orders::orders;
use recording::event::{Event, What};

use crate::support::{program, run};

/// What a program prints, recorded.
fn recorded(name: &str) -> Vec<String> {
    let (_, events) = run(program(name));
    texts(&events)
}

fn texts(events: &[Event]) -> Vec<String> {
    let text = |event: &Event| match &event.what {
        What::Print { text, .. } => Some(text.clone()),
        _ => None,
    };
    events.iter().filter_map(text).collect()
}

/// What it prints on plain tokio.
fn plain(name: &str) -> Vec<String> {
    let command = || program(name).plain(None);
    let once = NonZeroUsize::MIN;
    let mut found = orders(&command, Duration::from_secs(60), once, |_| ()).unwrap();
    found.outputs.remove(0).lines
}

/// What stock tokio 1.54.1 prints of `deadlines` on the machine's clock: so in each
/// of 20 runs that had a processor to themselves (`chrt -f 10`). In 20 more, beside
/// two dozen other processes, the order was the same in 19; the times of `Delay`
/// and `Skip` are those of a machine that is never late.
const OUTSIDE: &str = "\
paused: false
sleep of 0 us
sleep until 0 us
sleep of 1 us
sleep until 1 us
sleep of 1000 us
sleep until 1000 us
sleep of 999 us
sleep until 999 us
sleep of 1500 us
sleep until 1500 us
sleep of 2000 us
sleep until 2000 us
sleep of 14500 us
sleep until 14500 us
sleep of 15000 us
sleep until 15000 us
sleep of 99500 us
sleep until 99500 us
sleep of 100000 us
sleep until 100000 us
sleep of 100500 us
sleep until 100500 us
sleep of 99999 us
sleep until 99999 us
one of 15 ms
15 sleeps of 1 ms
one of 15 ms
10 sleeps of 1 ms
one of 105 ms
10 sleeps of 10 ms
one of 100 ms
5 sleeps of 20 ms
other 0
main 0
main 1
other 1
other 2
Err(Elapsed(()))
main 2
Burst: [0, 20, 40, 60, 80, 100]
Delay: [0, 20, 40, 90, 110, 130]
Skip: [0, 20, 40, 80, 100, 120]";

#[test]
fn timers_fire_in_the_order_that_they_have_on_the_machines_clock() {
    let recorded = recorded("deadlines");
    let outside: Vec<&str> = OUTSIDE.lines().collect();
    assert_eq!(recorded[..outside.len()], outside);
}

#[test]
fn on_tokios_paused_clock_a_program_prints_what_it_prints_on_plain_tokio() {
    let paused = |mut lines: Vec<String>| {
        let from = lines.iter().position(|line| line == "paused: true").unwrap();
        lines.split_off(from)
    };
    assert_eq!(paused(recorded("deadlines")), paused(plain("deadlines")));
    for name in ["advance", "start_paused", "waits_for_threads"] {
        let (recorded, plain) = (recorded(name), plain(name));
        assert_eq!(recorded, plain, "{name}");
        assert!(recorded.len() > 2, "{name}: {recorded:?}");
    }
}

#[test]
fn what_is_due_at_once_gives_the_thread_away() {
    assert_eq!(
        recorded("first_tick"),
        ["other 1", "first tick", "other 2", "slept until now", "true"]
    );
    assert_eq!(
        recorded("sleep_zero"),
        [
            "timeout(0) of one yield: true",
            "main 0",
            "work 0",
            "main 1",
            "work 1",
            "main 2",
            "work 2"
        ]
    );
}

#[test]
fn who_yields_beside_two_that_wake_each_other_comes_back_after_their_round() {
    assert_eq!(recorded("ping_pong_and_yield"), ["59 turns of the others"]);
}

#[test]
fn what_is_recorded_of_a_sleep_is_what_was_asked_for() {
    let (_, events) = run(program("naps"));
    let printed: Vec<_> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::Print { text, .. } => Some((event.t, text.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(
        printed,
        [
            (1_000_000, "slept"),
            (1_000_000, "begins to tick"),
            (1_020_000, "ticked"),
            (1_040_000, "ticked"),
            (1_140_000, "slept until"),
            // tokio rounds up to a tick; of so short a sleep that is told.
            (1_142_000, "napped"),
            (1_144_000, "napped"),
        ]
    );
}
