//! Programs that go wrong, and files that are none.

use std::path::Path;
use std::time::Duration;

use recorder::program::{Options, Program};
use recorder::rust::{compile, start};
use recording::check::check;
use recording::event::{Class, Clock, What};
use recording::session::Ending;

use crate::patience::given_time;
use crate::support::{program, run, run_to, tell};

const LONG: Duration = Duration::from_secs(60);

/// What is said of a file `main.rs` with `bytes` in it.
fn refused(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("main.rs");
    std::fs::write(&path, bytes).unwrap();
    let error = compile(&[Program::at(&path).unwrap()]).unwrap_err();
    let text = format!("{error:#}");
    assert!(text.contains(path.to_str().unwrap()), "the file is named: {text}");
    text
}

#[test]
fn a_program_that_does_not_compile_is_refused_at_its_own_line() {
    let text = refused(b"fn main() {\n    let n: u32 = \"text\";\n}\n");
    assert!(text.contains("E0308") && text.contains("main.rs:2:"), "{text}");
}

#[test]
fn a_program_with_other_crates_is_told_what_it_may_use() {
    for text in [
        "use tokio_util::task::JoinMap;\nfn main() {}\n",
        "fn main() {\n    tokio_stream::iter([1]);\n}\n",
        "mod other;\nfn main() {}\n",
    ] {
        let said = refused(text.as_bytes());
        assert!(said.contains("main.rs:") && said.ends_with("`trace --package DIR`"), "{said}");
    }
    assert!(!refused(b"fn main() { x }").contains("--package"));
}

#[test]
fn a_file_without_a_main_is_refused() {
    assert!(refused(b"").contains("E0601"));
}

#[test]
fn a_file_that_is_no_text_is_refused() {
    assert!(refused(b"\x7fELF\xff\xfe").contains("not UTF-8"));
}

#[test]
fn a_file_that_does_not_exist_is_named() {
    let missing = Program::at(Path::new("/no/such/program.rs")).unwrap();
    let error = start(&missing, &Options::default()).err().unwrap();
    assert!(format!("{error:#}").contains("/no/such/program.rs"), "{error:#}");
}

#[test]
fn a_deadlock_is_found_before_the_time_is_over() {
    let deadlock = program("deadlock");
    let (ending, _, events) = run_to(deadlock, LONG);
    assert_eq!(ending, Ending::Stuck);
    assert_eq!(tell(&events).last().unwrap(), "pass_on waits for message (16)");
}

#[test]
fn what_happened_before_a_time_out_is_kept() {
    let expected = ["main begins", "main polled (3)", "main prints start", "main spawns line 5"];
    let run = |timeout| {
        let (ending, _, events) = run_to(program("never_yields"), timeout);
        (ending, tell(&events))
    };
    let (ending, told) = given_time(run, |(_, told)| *told == expected);
    assert_eq!(ending, Ending::TimedOut);
    assert_eq!(told, expected);
}

#[test]
fn waiting_in_a_loop_takes_virtual_time() {
    let (header, events) = run(program("spins"));
    assert_eq!(header.clock, Clock::Virtual);
    assert!(events.last().unwrap().t >= 20_000);
}

#[test]
fn a_flood_is_stopped() {
    let run = |timeout| run_to(program("floods"), timeout);
    let (ending, _, events) = given_time(run, |(_, _, events)| events.len() > 1000);
    assert!(matches!(ending, Ending::TimedOut | Ending::Flooded), "{ending:?}");
    assert!(events.len() > 1000);
}

#[test]
fn a_line_is_one_however_long_it_is_up_to_a_megabyte() {
    let (_, events) = run(program("long_lines"));
    let printed: Vec<_> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::Print { text, .. } => Some((text.chars().last().unwrap(), text.chars().count())),
            _ => None,
        })
        .collect();
    let (all, half) = (1 << 20, 1 << 19);
    // The piece ends with a whole letter.
    let expected = [('z', 70_000), ('y', all), ('x', all), ('x', all), ('é', half)];
    assert_eq!(printed, [&expected[..], &[('é', 600_001 - half), ('d', 3)]].concat());
}

#[test]
fn a_program_that_exits_in_a_task_has_its_status() {
    let (ending, _, events) = run_to(program("exits_in_task"), LONG);
    assert_eq!(ending, Ending::Exit(3));
    check(&events).unwrap();
    let told = tell(&events);
    assert_eq!(told[told.len() - 2..], ["task prints last words", "task exits with 3 (6)"]);
}

#[test]
fn a_closed_stdout_shows_nothing_more() {
    let (_, events) = run(program("closes_stdout"));
    let told = tell(&events);
    let printed: Vec<&String> = told.iter().filter(|line| line.contains("prints")).collect();
    assert_eq!(printed, ["main prints seen", "main prints still seen"]);
}

#[test]
fn a_main_that_fails_has_its_status_and_its_error() {
    let (ending, _, events) = run_to(program("fails"), LONG);
    assert_eq!(ending, Ending::Exit(1));
    assert_eq!(tell(&events).last().unwrap(), "main thread prints Error: \"it did not work\"");
}

#[test]
fn on_request_a_program_runs_on_the_real_clock() {
    let options = Options { real_time: true, ..Options::default() };
    let recording = program("budget").start(&options).unwrap().into_recording().unwrap();
    assert_eq!((recording.header.clock, recording.header.class), (Clock::Real, Class::Order));
    let timeless = |events: &[recording::Event]| tell(events);
    assert_eq!(timeless(&recording.events), tell(&run(program("budget")).1));
}
