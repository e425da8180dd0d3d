//! A run in one line: how long, how many switches, what became of the tasks.

use super::Scene;
use super::words::{count, duration, round};
use super::workers::{Came, Queues};
use crate::event::{Clock, How, Language, Recording, What};

/// `1 s · 3 polls · 2 tasks · 1 dropped`.
///
/// The time is that of the whole run, shut-down included; each poll (asyncio:
/// step) is a context switch. With several workers those are counted that one
/// took from the queue of another. On a real clock the time is rounded, and says so.
pub fn facts(scene: &Scene<'_>) -> String {
    let recording = scene.recording;
    let (mut polls, mut tasks, mut dropped, mut cancelled, mut failed) = (0, 0, 0, 0, 0);
    let (mut queues, mut stolen) = (Queues::default(), 0);
    for event in &recording.events {
        stolen += usize::from(matches!(queues.take(event), Some(Came::Stolen(_))));
        match &event.what {
            What::Poll { .. } => polls += 1,
            What::Spawn { .. } => tasks += 1,
            What::Cancel { how: How::Drop, .. } => dropped += 1,
            What::Cancelled { .. } => cancelled += 1,
            What::Panic { .. } => failed += 1,
            _ => {}
        }
    }
    let (poll, fail) = match recording.header.language {
        Language::Rust => ("poll", "panicked"),
        Language::Python => ("step", "failed"),
    };
    let end = end(recording);
    let time = match recording.header.clock {
        Clock::Virtual => duration(end),
        Clock::Real => format!("about {}", duration(round(end))),
    };
    if scene.is_plain() {
        return format!("{time} · no async, no switches");
    }
    let mut facts = vec![time, count(polls, poll), count(tasks, "task")];
    for (n, what) in
        [(stolen, "stolen"), (dropped, "dropped"), (cancelled, "cancelled"), (failed, fail)]
    {
        if n > 0 {
            facts.push(format!("{n} {what}"));
        }
    }
    facts.join(" · ")
}

/// When the last event was over, in microseconds since the start.
pub fn end(recording: &Recording) -> u64 {
    let end = |what: &What| if let What::Block { us, .. } = what { *us } else { 0 };
    recording.events.iter().map(|event| event.t.saturating_add(end(&event.what))).max().unwrap_or(0)
}
