//! A run in one line: how long, how many switches, what became of the tasks.

use recording::event::{Clock, Language};
use recording::tally::Tally;
use recording::words::{count, duration, round};

use super::scene::Scene;

/// `1 s · 3 polls · 2 tasks · 1 dropped`.
///
/// The time is that of the whole run, shut-down included; each poll (asyncio:
/// step) is a context switch. With several workers those are counted that one
/// took from the queue of another. On a real clock the time is rounded, and says so.
pub fn facts(scene: &Scene<'_>) -> String {
    parts(scene).join(" · ")
}

/// The same one by one: the time, the switches, and what became of the tasks.
pub fn parts(scene: &Scene<'_>) -> Vec<String> {
    let tally = match scene.around {
        Some(around) => around.tally.clone(),
        None => Tally::of(scene.recording),
    };
    let header = &scene.recording.header;
    let (poll, fail) = match header.language {
        Language::Rust => ("poll", "panicked"),
        Language::Python => ("step", "failed"),
    };
    let time = match header.clock {
        Clock::Virtual => duration(tally.end),
        Clock::Real => format!("about {}", duration(round(tally.end))),
    };
    if scene.is_plain() {
        return vec![time, "no async, no switches".to_owned()];
    }
    let mut facts = vec![time, count(tally.polls, poll), count(tally.tasks, "task")];
    for (n, what) in [
        (tally.stolen, "stolen"),
        (tally.dropped, "dropped"),
        (tally.cancelled, "cancelled"),
        (tally.failed, fail),
    ] {
        if n > 0 {
            facts.push(format!("{n} {what}"));
        }
    }
    facts
}
