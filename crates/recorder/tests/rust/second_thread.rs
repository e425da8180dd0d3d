//! Programs that need a second thread: recorded with it, and the header says so.

use recording::event::{Class, Clock, Event, What};
use recording::session::Ending;

use crate::support::{program, run, run_to};

const NOBODY: &str = "recorded on 2 workers: a runtime has tasks to run, and nobody blocks on it";
const HELD: &str =
    "recorded on 2 workers: a thread of its runtime is held while other tasks could run";

fn printed(events: &[Event]) -> Vec<&str> {
    events
        .iter()
        .filter_map(|event| match &event.what {
            What::Print { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

/// Asserts that a program is recorded on workers, for the reason `why`, and
/// prints these lines.
#[track_caller]
fn on_workers(name: &str, why: &str, lines: &[&str]) {
    let (header, events) = run(program(name));
    assert_eq!((header.workers, header.clock), (Some(2), Clock::Real), "{name}");
    assert_eq!(header.class, Class::Seen, "{name}");
    assert_eq!(header.notes, [why, "one possible run of many"], "{name}");
    assert_eq!(printed(&events), lines, "{name}");
    // No task vanishes: each that was spawned was polled.
    let polled = |task| {
        events
            .iter()
            .any(|event| matches!(event.what, What::Poll { task: other, .. } if other == task))
    };
    for event in &events {
        if let What::Spawn { task, .. } = event.what {
            assert!(polled(task), "{name}: task {task} was never polled");
        }
    }
}

#[test]
fn a_runtime_that_nobody_blocks_on_runs_its_tasks() {
    let lines = ["beat 0", "beat 1", "beats 2", "answer 42", "sum 3"];
    on_workers("only_spawned_on", NOBODY, &lines);
}

#[test]
fn who_holds_the_thread_until_another_task_has_run_gets_what_it_waits_for() {
    on_workers("waits_in_std", HELD, &["Ok(\"in time\")", "Ok(\"at last\")"]);
    on_workers("spins_on_a_flag", HELD, &["set"]);
}

#[test]
fn a_program_has_the_runtimes_that_it_asks_for() {
    on_workers("one_worker", NOBODY, &["workers 1", "CurrentThread"]);
}

#[test]
fn what_comes_after_the_second_thread_was_needed_is_reached() {
    let (ending, header, events) =
        run_to(program("drops_a_runtime"), std::time::Duration::from_secs(60));
    assert_eq!(ending, Ending::Exit(101));
    assert_eq!(header.notes[0], NOBODY);
    assert_eq!(printed(&events), ["got 2"]);
    let panics = |event: &Event| match &event.what {
        What::Panic { task: 0, text, line: Some(line), .. } => {
            *line == 10 && text.starts_with("Cannot drop a runtime")
        }
        _ => false,
    };
    assert!(events.iter().any(panics), "{events:?}");
}

#[test]
fn who_asks_over_and_over_sees_the_time_and_other_threads_go_on() {
    for (name, why) in [
        ("spins_beside_a_thread", "it computes on several threads"),
        ("yields_until_a_timer", "it computes while a timer runs"),
    ] {
        let (header, events) = run(program(name));
        assert_eq!((header.workers, header.clock), (None, Clock::Real), "{name}");
        assert_eq!(header.notes, [format!("recorded on the machine's clock: {why}")], "{name}");
        assert_eq!(printed(&events), ["set"], "{name}");
    }
}
