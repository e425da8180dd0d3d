//! Programs that would harm a recorder that sits in their process, and a
//! recorder that cannot write.

use recorder::program::Options;
use recording::event::{Event, Stream, What};
use recording::session::Ending;

use crate::support::{prints, program, run, run_to, tell};

/// What `name` prints to stdout when it is not recorded.
fn by_itself(name: &str) -> Vec<String> {
    let output = program(name).plain(None).output().unwrap();
    assert!(output.status.success(), "{name}: {output:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// What was printed to stdout.
fn printed(events: &[Event]) -> Vec<String> {
    let printed = events.iter().filter_map(|event| match &event.what {
        What::Print { text, stream: Stream::Stdout, .. } => Some(text.clone()),
        _ => None,
    });
    printed.collect()
}

#[test]
fn a_program_that_closes_all_files_has_its_own_for_itself() {
    let (_, events) = run(program("closes_files"));
    assert_eq!(printed(&events), by_itself("closes_files"));
}

#[test]
fn libc_answers_as_it_does_without_the_recorder() {
    let (_, events) = run(program("strange_calls"));
    assert_eq!(printed(&events), by_itself("strange_calls"));
}

#[test]
fn a_handler_of_a_signal_may_write_whatever_it_has_interrupted() {
    let (_, events) = run(program("writes_in_handler"));
    let mut lines: Vec<String> = (0..3000).map(|line| format!("line {line}")).collect();
    lines.push("done true".to_owned());
    assert_eq!(printed(&events), lines);
    let ticks = prints(&events).iter().filter(|line| line.ends_with(": tick")).count();
    assert!(ticks > 0, "what handlers write is recorded");
}

#[test]
fn an_allocator_may_write() {
    let (_, events) = run(program("allocator_writes"));
    assert_eq!(printed(&events), ["done"]);
}

#[test]
fn a_run_of_which_a_record_is_lost_is_refused() {
    let error = program("may_write_little").start(&Options::default()).err().unwrap();
    let error = format!("{error:#}");
    assert!(error.contains("the end of its recording is missing"), "{error}");
    assert!(error.contains("File too large"), "{error}");
}

#[test]
fn a_program_that_ends_at_once_is_whole() {
    let (ending, _, events) = run_to(program("ends_at_once"), Options::default().timeout);
    assert_eq!(ending, Ending::Exit(3));
    assert_eq!(tell(&events).last().unwrap(), "main exits with 3 (10)");
}

#[test]
fn a_program_that_becomes_another_says_so() {
    let (ending, header, events) = run_to(program("becomes_another"), Options::default().timeout);
    assert_eq!(ending, Ending::Exit(0));
    assert_eq!(printed(&events), ["entity not found"]);
    assert!(header.notes.iter().any(|note| note.contains("takes its place")), "{header:?}");
}
