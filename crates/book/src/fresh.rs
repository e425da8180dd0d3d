//! When the book's recording of a program is still good, given a new one.
//!
//! | class | good when |
//! |---|---|
//! | exact | the events are the same; in Python of another minor version, the prints |
//! | order | the lines are printed in the same order, and each task does the same in the same order, times aside |
//! | seen | the same lines are printed, in whatever order |
//!
//! Of class *seen* is a program that says so itself, in a comment `CLASS: seen`
//! above its listing: it has a tie, or several workers.
//!
//! Of class *order* are programs with other threads or processes. How those
//! fall between the steps of two tasks is chance, what each task does is not.

use std::collections::BTreeMap;

use recording::event::{Class, Header, Language, Recording, TaskId, What};
use recording::on::On;

/// Whether `kept` needs no rewriting, now that a run gave `new`.
pub fn is_fresh(kept: &Recording, new: &Recording) -> bool {
    if kept.header.language == Language::Python && kept.header.release() != new.header.release() {
        return prints(kept) == prints(new);
    }
    if header(kept) != header(new) {
        return false;
    }
    match new.header.class {
        Class::Exact => kept.events == new.events,
        Class::Order => prints(kept) == prints(new) && strands(kept) == strands(new),
        Class::Seen => sorted(prints(kept)) == sorted(prints(new)),
    }
}

fn header(recording: &Recording) -> Header {
    Header { runtime: recording.header.release().to_owned(), ..recording.header.clone() }
}

/// What was printed, line by line, on both streams.
fn prints(recording: &Recording) -> Vec<&str> {
    fn text(what: &What) -> Option<&str> {
        if let What::Print { text, .. } = what { Some(text) } else { None }
    }
    recording.events.iter().filter_map(|event| text(&event.what)).collect()
}

fn sorted(mut lines: Vec<&str>) -> Vec<&str> {
    lines.sort_unstable();
    lines
}

/// What each task does, in its order and without what a clock said; what
/// belongs to no task stands first.
fn strands(recording: &Recording) -> BTreeMap<Option<TaskId>, Vec<What>> {
    let mut strands: BTreeMap<_, Vec<What>> = BTreeMap::new();
    for event in &recording.events {
        let mut what = event.what.clone();
        match &mut what {
            What::Timer { us, .. } | What::Block { us, .. } => *us = 0,
            What::Pending { on: Some(on), .. } => {
                *on = std::mem::take(on).into_iter().map(On::timeless).collect();
            }
            _ => {}
        }
        strands.entry(event.what.task()).or_default().push(what);
    }
    strands
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recording(class: &str, runtime: &str, events: &str) -> Recording {
        let language = if runtime.starts_with("tokio") { "rust" } else { "python" };
        let header = format!(
            r#"{{"format":2,"program":"p","language":"{language}","runtime":"{runtime}","clock":"virtual","class":"{class}"}}"#
        );
        Recording::read(format!("{header}\n{events}").as_bytes()).unwrap()
    }

    const A: &str = "{\"t\":0,\"ev\":\"print\",\"text\":\"a\"}\n";
    const B: &str = "{\"t\":0,\"ev\":\"print\",\"text\":\"b\"}\n";
    const SLOW: &str =
        "{\"t\":7,\"ev\":\"print\",\"text\":\"a\"}\n{\"t\":7,\"ev\":\"timer\",\"us\":5}\n";
    const FAST: &str =
        "{\"t\":3,\"ev\":\"print\",\"text\":\"a\"}\n{\"t\":4,\"ev\":\"timer\",\"us\":6}\n";

    #[test]
    fn an_exact_recording_has_to_be_the_same() {
        let of = |events: &str| recording("exact", "tokio 1.54.1", events);
        assert!(is_fresh(&of(SLOW), &of(SLOW)));
        assert!(!is_fresh(&of(SLOW), &of(FAST)));
        assert!(!is_fresh(&of(A), &recording("exact", "tokio 1.55.0", A)));
        assert!(!is_fresh(&of(A), &recording("order", "tokio 1.54.1", A)));
    }

    #[test]
    fn another_python_needs_to_print_the_same_and_a_patch_release_is_no_other() {
        let old = recording("exact", "asyncio 3.11.7", SLOW);
        assert!(is_fresh(&old, &recording("exact", "asyncio 3.11.9", SLOW)));
        assert!(!is_fresh(&old, &recording("exact", "asyncio 3.11.9", FAST)));
        assert!(is_fresh(&old, &recording("exact", "asyncio 3.12.1", FAST)));
        assert!(!is_fresh(&old, &recording("exact", "asyncio 3.12.1", B)));
    }

    #[test]
    fn on_a_real_clock_only_the_order_counts() {
        let of = |events: &str| recording("order", "tokio 1.54.1", events);
        assert!(is_fresh(&of(SLOW), &of(FAST)));
        assert!(!is_fresh(&of(&format!("{A}{B}")), &of(&format!("{B}{A}"))));
        let wake = "{\"t\":0,\"ev\":\"wake\",\"task\":1,\"by\":\"timer\"}\n";
        let poll = "{\"t\":0,\"ev\":\"poll\",\"task\":1}\n";
        assert!(is_fresh(&of(&format!("{A}{wake}{poll}")), &of(&format!("{wake}{poll}{A}"))));
        assert!(!is_fresh(&of(&format!("{A}{wake}{poll}")), &of(&format!("{A}{poll}{wake}"))));
    }

    #[test]
    fn of_one_run_of_many_the_lines_count() {
        let of = |events: &str| recording("seen", "tokio 1.54.1", events);
        assert!(is_fresh(&of(&format!("{A}{B}")), &of(&format!("{B}{A}"))));
        assert!(!is_fresh(&of(A), &of(B)));
    }
}
