//! Runtimes of every kind, and none.

use recorder::event::{Class, Clock};

use crate::support::{assert_told, prints, program, run, story};

#[test]
fn several_runtimes_come_one_after_the_other() {
    assert_told(
        &story("runtimes"),
        &[
            "- prints before",
            "first begins",
            "first prints first",
            "first ready",
            "second begins",
            "second prints second",
            "end of second",
            "- prints between",
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
