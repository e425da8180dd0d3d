//! The story as a table for the terminal, behind what is wrong with it.

use std::collections::HashMap;
use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::facts::facts;
use super::fold::{Drawn, fold};
use super::scene::Scene;
use super::story::{Act, Place, Story, Terms};
use recording::event::Clock;
use recording::findings::Finding;
use recording::words::{count, duration, shorten};

/// The widest that the column of names may get.
const NAMES: usize = 16;

/// What stands before the column of names: the time and the line.
const LEFT: usize = "   1.234567 s    ".len();

/// As wide is the column of lines at least; in another file than the main one
/// they have its name: `worker.rs:12`.
const LINE: usize = 4;

/// How the table is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The columns of the terminal.
    pub width: usize,
    /// Whether it shows colours.
    pub colour: bool,
}

impl Default for Look {
    /// 80 columns, without colours.
    fn default() -> Self {
        Look { width: 80, colour: false }
    }
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const WRONG: Style = AnsiColor::Red.on_default().bold();
const GOOD: Style = AnsiColor::Green.on_default();

impl Look {
    /// As wide as it gets: what no terminal shows, and somebody may search.
    pub const ENDLESS: usize = 1 << 20;

    fn paint(self, style: Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// The findings and the table, a step a line, each line with a line break.
///
/// ```text
/// v5 · tokio 1.54.1 · virtual time
/// 1 s · 3 polls · 2 tasks · 1 dropped
///
/// 1 finding
/// - foo was dropped unfinished at the end of main, …
///
///         time  line  who      what
///          0 s     5  main     poll
///                  6  main       prints "Hello"
///                  …
///                  8  main     Pending
///                     -------- nothing to run for 1 s
///          1 s        timer    wake main
/// ```
pub fn text(scene: &Scene<'_>, findings: &[Finding], look: Look) -> String {
    let header = &scene.recording.header;
    let clock = match header.clock {
        Clock::Virtual => "virtual time",
        Clock::Real => "real time",
    };
    let mut out = String::new();
    let workers = header.workers.map_or(String::new(), |n| format!(" · {}", count(n, "worker")));
    let title = format!("{} · {} · {clock}{workers}", header.program, header.runtime);
    let _ = writeln!(out, "{}", look.paint(BOLD, &title));
    let _ = writeln!(out, "{}", facts(scene));
    for note in &header.notes {
        let _ = writeln!(out, "{note}");
    }
    let (n, style) =
        (findings.len(), if findings.is_empty() && !header.partial { GOOD } else { WRONG });
    let says = match n {
        0 if header.partial => "not recorded, so nothing is said of what may be wrong".to_owned(),
        0 => "nothing found that is wrong".to_owned(),
        _ => count(n, "finding"),
    };
    let _ = writeln!(out, "\n{}", look.paint(style, &says));
    out += &list(findings, look.width);
    let terms = Terms::of(header.language);
    let kinds = scene.around.map(|around| around.kinds.table(terms.poll)).unwrap_or_default();
    if !kinds.is_empty() {
        let _ = write!(out, "\n{kinds}");
    }
    table(scene, look, &mut out);
    out
}

/// The findings, an item each, in lines of at most `width` columns, with a line
/// break at the end.
///
/// ```text
/// - line 8 (in main) held the thread for 320 ms: beat was late by 270 ms
/// ```
pub fn list(findings: &[Finding], width: usize) -> String {
    let mut out = String::new();
    for finding in findings {
        let mut column = 1;
        out.push('-');
        for word in finding.says.split_whitespace() {
            let word = shorten(word, width.saturating_sub(3).max(8));
            if column > 1 && column + 1 + word.width() > width {
                out.push_str("\n ");
                column = 1;
            }
            column += 1 + word.width();
            out.push(' ');
            out.push_str(&word);
        }
        out.push('\n');
    }
    out
}

fn table(scene: &Scene<'_>, look: Look, out: &mut String) {
    let story = Story::of(scene);
    let who = width_of_names(&story, look);
    let labels = story.tasks.labels(who, fit);
    // Of several threads each stands to the right of what it is within.
    let on = |worker: &str| match story.workers.is_empty() {
        true => String::new(),
        false => format!("{worker:>4}  "),
    };
    let lines = story.beats.iter().filter_map(|beat| Some(beat.line?.to_string().width()));
    let column = lines.max().unwrap_or(0).max(LINE);
    let left = LEFT + column;
    let room = look.width.saturating_sub(left + who + 2 + on("").len()).max(16);
    let head = format!("        time  {:>column$}  {:who$}  {}what", "line", "who", on("on"));
    let _ = writeln!(out, "\n{}", look.paint(DIM, &head));
    let real = scene.recording.header.clock == Clock::Real;
    // On a real clock no microsecond is worth a word.
    let time = |t: u64| duration(if real { t / 1_000 * 1_000 } else { t });
    let mut rows: Vec<Drawn> = Vec::new();
    let mut shown = String::new();
    let mut depths: HashMap<Option<u32>, usize> = HashMap::new();
    for beat in &story.beats {
        let at = time(beat.t);
        let when = if at == shown { String::new() } else { at.clone() };
        shown = at;
        let depth = depths.entry(beat.worker).or_default();
        let line = beat.line.map_or(String::new(), |line| line.to_string());
        let (at, says, style) = match &beat.act {
            Act::Call { to, says, .. } => (Some(*to), says, BOLD),
            Act::Return { from, says, .. } => (Some(*from), says, Style::new()),
            Act::Signal { from, says, .. } => (Some(*from), says, DIM),
            Act::Stop { of, says, .. } => (Some(*of), says, WRONG),
            Act::Print { at, says } => (Some(*at), says, GOOD),
            Act::Note { at, says } => (Some(*at), says, WRONG),
            Act::Stands { at, says, .. } => (Some(*at), says, DIM),
            Act::Halt { of } => {
                *depth = depth.saturating_sub(1);
                if let Some(row) = rows.last_mut() {
                    row.closes = Some(*of);
                }
                continue;
            }
            Act::Across { says } => (None, says, DIM),
        };
        let (mut opens, mut closes) = (None, None);
        // What happens within a poll stands to the right of it.
        if let Act::Return { from, .. } = &beat.act {
            *depth = depth.saturating_sub(1);
            closes = Some(*from);
        }
        let within = match &beat.act {
            Act::Stands { depth, .. } => 1 + depth,
            _ => 0,
        };
        let indent = "  ".repeat(*depth + within);
        if let Act::Call { to, .. } = &beat.act {
            *depth += 1;
            opens = Some(*to);
        }
        let name = match at {
            Some(Place::Task(task)) if labels.get(task as usize).is_some() => {
                labels[task as usize].clone()
            }
            Some(at) => fit(story.name(at), who),
            None => "-".repeat(who),
        };
        let kind = at.map(|at| story.kind(at)).unwrap_or_default();
        let shape = format!("{line} {kind} {}", fit(&format!("{indent}{}", says.like), room));
        let says = fit(&format!("{indent}{}", says.text), room);
        let left = look.paint(DIM, &format!("{when:>12}  {line:>column$}"));
        let padded = format!("{name}{}", " ".repeat(who.saturating_sub(name.width())));
        let worker = match beat.worker.filter(|_| at.is_some()) {
            Some(0) => "main".to_owned(),
            Some(worker) => format!("w{worker}"),
            None => String::new(),
        };
        let row = format!("{left}  {padded}  {}{}", on(&worker), look.paint(style, &says));
        let line = row.trim_end().to_owned();
        rows.push(Drawn { t: beat.t, line, shape, opens, closes });
    }
    let note = |says: String| look.paint(DIM, &format!("{:left$}{says}", ""));
    for row in fold(rows, scene.most, note) {
        let _ = writeln!(out, "{row}");
    }
}

/// As much of `text` as fits into `width` columns; what is cut ends in `…`.
fn fit(text: &str, width: usize) -> String {
    let text = shorten(text, width);
    if text.width() <= width {
        return text;
    }
    let mut fitted = String::new();
    let mut left = width.saturating_sub(1);
    for c in text.chars() {
        let Some(rest) = left.checked_sub(c.width().unwrap_or(0)) else { break };
        left = rest;
        fitted.push(c);
    }
    fitted + "…"
}

fn width_of_names(story: &Story, look: Look) -> usize {
    let most = if look.width < Look::ENDLESS { NAMES } else { Look::ENDLESS };
    let branches = story.branches.iter().map(|(_, name)| name.as_str());
    let names = story.tasks.shown().chain(branches).chain([story.terms.runtime]);
    let names = names.chain(story.workers.iter().map(String::as_str));
    names.map(UnicodeWidthStr::width).max().unwrap_or(0).min(most)
}
