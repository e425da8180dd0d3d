//! The story as a table for the terminal, 80 columns wide.

use std::collections::HashMap;
use std::fmt::Write;

use super::Scene;
use super::facts::facts;
use super::story::{Act, Story};
use super::words::{count, shorten};
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
    let workers = header.workers.map_or(String::new(), |n| format!(" · {}", count(n, "worker")));
    let _ = writeln!(out, "{} · {} · {clock}{workers}", header.program, header.runtime);
    let _ = writeln!(out, "{}", facts(scene));
    for note in &header.notes {
        let _ = writeln!(out, "{note}");
    }
    let who = width_of_names(&story);
    // Of several threads each stands to the right of what it is within.
    let on = |worker: &str| match story.workers.is_empty() {
        true => String::new(),
        false => format!("{worker:>4}  "),
    };
    let _ = writeln!(out, "\n     time  line  {:who$}  {}what", "who", on("on"));
    let room = WIDTH - "     time  line    ".len() - who - on("").len();
    let mut shown = String::new();
    let mut depths: HashMap<Option<u32>, usize> = HashMap::new();
    for beat in &story.beats {
        let at = format!("{:.3} s", beat.t as f64 / 1e6);
        let time = if at == shown { String::new() } else { at.clone() };
        shown = at;
        let line = beat.line.map_or(String::new(), |line| line.to_string());
        let depth = depths.entry(beat.worker).or_default();
        let (at, says) = match &beat.act {
            Act::Call { to, says, .. } => (Some(*to), says),
            Act::Return { from, says, .. } => (Some(*from), says),
            Act::Signal { from, says, .. } => (Some(*from), says),
            Act::Stop { of, says, .. } => (Some(*of), says),
            Act::Note { at, says } => (Some(*at), says),
            Act::Halt { .. } => {
                *depth -= 1;
                continue;
            }
            Act::Across { says } => (None, says),
        };
        // What happens within a poll stands to the right of it.
        if matches!(beat.act, Act::Return { .. }) {
            *depth -= 1;
        }
        let says = "  ".repeat(*depth) + says;
        if matches!(beat.act, Act::Call { .. }) {
            *depth += 1;
        }
        let name = at.map_or("-".repeat(who), |at| shorten(story.name(at), who));
        let worker = match beat.worker.filter(|_| at.is_some()) {
            Some(0) => "main".to_owned(),
            Some(worker) => format!("w{worker}"),
            None => String::new(),
        };
        let says = shorten(&says, room);
        let row = format!("{time:>9}  {line:>4}  {name:who$}  {}{says}", on(&worker));
        let _ = writeln!(out, "{}", row.trim_end());
    }
    out
}

fn width_of_names(story: &Story) -> usize {
    let branches = story.branches.iter().map(|(_, name)| name.as_str());
    let names = story.tasks.iter().map(String::as_str).chain(branches).chain([story.terms.runtime]);
    let names = names.chain(story.workers.iter().map(String::as_str));
    names.map(|name| name.chars().count()).max().unwrap_or(0).min(NAMES)
}
