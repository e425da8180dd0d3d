//! Programs run many times.

use std::num::NonZeroUsize;
use std::time::Duration;

use recorder::orders::{Orders, orders};
use recording::session::Ending;

use crate::support::program;

fn many(name: &str, runs: usize) -> Orders {
    let mut counted = Vec::new();
    let runs = NonZeroUsize::new(runs).unwrap();
    let command = || program(name).plain(None);
    let orders = orders(&command, Duration::from_secs(30), runs, |done| counted.push(done));
    assert_eq!(counted, (1..=runs.get()).collect::<Vec<_>>());
    orders.unwrap()
}

#[test]
fn of_a_tie_both_orders_are_found_and_counted() {
    let found = many("ties", 40);
    assert_eq!(found.runs, 40);
    let mut outputs: Vec<_> = found.outputs.iter().map(|output| output.lines.concat()).collect();
    outputs.sort();
    assert_eq!(outputs, ["ab", "ba"]);
    assert_eq!(found.outputs.iter().map(|output| output.runs).sum::<usize>(), 40);
    assert!(found.outputs[0].runs >= found.outputs[1].runs);
    assert!(found.same_lines());
}

#[test]
fn without_being_recorded_a_program_has_its_workers() {
    // On one thread it would not end.
    let found = many("moves", 5);
    assert_eq!(found.outputs.len(), 1);
    assert_eq!((found.outputs[0].runs, &found.outputs[0].ending), (5, &Ending::Exit(0)));
    assert_eq!(found.outputs[0].lines, ["moved"]);
}

#[test]
fn runs_that_fail_say_how() {
    let found = many("fails", 2);
    assert_eq!(found.outputs.len(), 1);
    assert_eq!((found.outputs[0].runs, &found.outputs[0].ending), (2, &Ending::Exit(1)));
    assert!(found.outputs[0].stderr.contains("it did not work"));
}
