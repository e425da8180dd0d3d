//! What a process that prints through `timed` has written when it is over.
//!
//! Each case is a function that runs in a child process, which is this binary
//! once more, and a check of what came out of that child.

use std::process::{Command, Output};
use std::time::{Duration, Instant};

const CASE: &str = "TIMED_TEST_CASE";

fn main() {
    if let Ok(case) = std::env::var(CASE) {
        return run(&case);
    }
    times_count_from_the_first_line();
    an_exit_in_the_middle_is_closed_by_the_end_and_keeps_its_status();
    a_panic_is_closed_by_the_end();
    who_prints_nothing_gets_no_end();
    println!("4 cases passed");
}

/// The cases, inside the child.
fn run(case: &str) {
    use timed::println;

    match case {
        "sleeps" => {
            std::thread::sleep(Duration::from_millis(200));
            println!("one {}", 1);
            std::thread::sleep(Duration::from_millis(50));
            println!();
            println!("three");
        }
        "exits" => {
            println!("one");
            std::process::exit(3);
        }
        "panics" => {
            println!("one");
            panic!("on purpose");
        }
        "silent" => {}
        other => panic!("no case {other}"),
    }
}

fn times_count_from_the_first_line() {
    let before = Instant::now();
    let (times, texts) = lines(&child("sleeps"));
    let whole = before.elapsed().as_secs_f64();
    assert_eq!(texts, ["one 1", "", "three", "(end)"]);
    assert!(times[3] + 0.2 <= whole, "the sleep before the first line is not in {times:?}");
    assert!(times[1] >= 0.05, "the sleep is seen: {times:?}");
    assert!(times.is_sorted(), "{times:?}");
}

fn an_exit_in_the_middle_is_closed_by_the_end_and_keeps_its_status() {
    let output = child("exits");
    assert_eq!(lines(&output).1, ["one", "(end)"]);
    assert_eq!(output.status.code(), Some(3));
}

fn a_panic_is_closed_by_the_end() {
    let output = child("panics");
    assert_eq!(lines(&output).1, ["one", "(end)"]);
    assert_eq!(output.status.code(), Some(101));
}

fn who_prints_nothing_gets_no_end() {
    assert_eq!(child("silent").stdout, b"");
}

fn child(case: &str) -> Output {
    let this = std::env::current_exe().expect("a running test knows its file");
    Command::new(this).env(CASE, case).output().expect("this binary runs once more")
}

/// The seconds and the texts of the lines `[ 0.000 s] text`.
fn lines(output: &Output) -> (Vec<f64>, Vec<String>) {
    let stdout = std::str::from_utf8(&output.stdout).expect("what was printed is text");
    stdout
        .lines()
        .map(|line| {
            let stamp_and_text = line.strip_prefix('[').and_then(|line| line.split_once(" s] "));
            let (stamp, text) = stamp_and_text.unwrap_or_else(|| panic!("no stamp: {line:?}"));
            let seconds: f64 = stamp.trim_start().parse().expect("a stamp is a number");
            (seconds, text.to_owned())
        })
        .unzip()
}
