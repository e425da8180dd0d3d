//! The story as a table for the terminal, 80 columns wide.

use std::fmt::Write;

use super::Scene;
use super::facts::facts;
use super::story::{Act, Story};
use super::words::shorten;
use crate::event::Clock;

/// The width of the table.
const WIDTH: usize = 80;

/// The widest that the column of names may get.
const NAMES: usize = 16;

/// The table, a step a line, each line with a line break.
///
/// ```text
/// v5 · tokio 1.54.1 · virtual time
/// 1 s · 3 polls · 2 tasks · 1 dropped
///
///     time  line  who      what
///  0.000 s     5  main     poll
///              6  main       prints "Hello"
///              …
///              8  main     Pending
///                 -------- nothing to run for 1 s
///  1.000 s        timer    wake main
/// ```
pub fn text(scene: &Scene<'_>) -> String {
    let story = Story::of(scene);
    let header = &scene.recording.header;
    let clock = match header.clock {
        Clock::Virtual => "virtual time",
        Clock::Real => "real time",
    };
    let mut out = String::new();
    let _ = writeln!(out, "{} · {} · {clock}", header.program, header.runtime);
    let _ = writeln!(out, "{}", facts(scene));
    for note in &header.notes {
        let _ = writeln!(out, "{note}");
    }
    let who = width_of_names(&story);
    let _ = writeln!(out, "\n     time  line  {:who$}  what", "who");
    let room = WIDTH - "     time  line    ".len() - who;
    let mut shown = None;
    let mut depth = 0;
    for beat in &story.beats {
        let time = match shown == Some(beat.t) {
            true => String::new(),
            false => format!("{:.3} s", beat.t as f64 / 1e6),
        };
        shown = Some(beat.t);
        let line = beat.line.map_or(String::new(), |line| line.to_string());
        let (at, says) = match &beat.act {
            Act::Call { to, says, .. } => (Some(*to), says),
            Act::Return { from, says, .. } => (Some(*from), says),
            Act::Signal { from, says, .. } => (Some(*from), says),
            Act::Stop { of, says, .. } => (Some(*of), says),
            Act::Note { at, says } => (Some(*at), says),
            Act::Halt { .. } => {
                depth -= 1;
                continue;
            }
            Act::Across { says } => (None, says),
        };
        // What happens within a poll stands to the right of it.
        if matches!(beat.act, Act::Return { .. }) {
            depth -= 1;
        }
        let says = "  ".repeat(depth) + says;
        if matches!(beat.act, Act::Call { .. }) {
            depth += 1;
        }
        let name = at.map_or("-".repeat(who), |at| shorten(story.name(at), who));
        let row = format!("{time:>9}  {line:>4}  {name:who$}  {}", shorten(&says, room));
        let _ = writeln!(out, "{}", row.trim_end());
    }
    out
}

fn width_of_names(story: &Story) -> usize {
    let branches = story.branches.iter().map(|(_, name)| name.as_str());
    let names = story.tasks.iter().map(String::as_str).chain(branches).chain([story.terms.runtime]);
    names.map(|name| name.chars().count()).max().unwrap_or(0).min(NAMES)
}
