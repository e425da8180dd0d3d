//! A run in one of the formats. Jsonl and chrome are written event by event; of
//! the others a part is drawn, so that no run is too long for the memory.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::time::Duration;

use anyhow::Result;
use draw::chrome::Chrome;
use draw::{self, Look, Scene, story};
use recording::event::{Event, Header, Recording, What};
use recording::findings::{Finding, Findings};
use recording::part::{Chooser, Part};
use recording::session::Ending;
use recording::session::Session;

use super::format::Format;
use super::how::How;
use super::page;
use super::report::Report;

/// A diagram is shortened to so many lines.
const DIAGRAM: usize = 60;

/// A table is shortened to so many rows.
const TABLE: usize = 100;

/// So many bytes of lines are written at once.
const BLOCK: usize = 1 << 15;

/// Shows what `session` recorded of a program with this text; of a program that
/// did not even start there is nothing to show. Gives what was found, if that was
/// looked for.
///
/// # Errors
///
/// When an event cannot be read, or the result cannot be written.
pub fn show(session: Session, how: &How, text: &str) -> Result<Vec<Finding>> {
    let is_terminal = stdout().is_terminal();
    let format = match how.format {
        Some(format) => format,
        None if is_terminal => Format::Text,
        None => Format::Mermaid,
    };
    let mut out = std::io::BufWriter::new(stdout().lock());
    match format {
        Format::Jsonl => return jsonl(session, how, text, out),
        Format::Chrome => return chrome(session, how, text, out),
        Format::Player => {
            let shown =
                draw::player(session, &how.window, how.ended.clone(), text, how.exercise.as_ref())?;
            serde_json::to_writer(&mut out, &shown)?;
            writeln!(out)?;
            out.flush()?;
            return Ok(Vec::new());
        }
        Format::Mermaid | Format::Text | Format::Junit | Format::Github => {}
    }
    let ending = session.ending.clone();
    let part = Part::of(session, &how.window, text)?;
    if matches!(format, Format::Junit | Format::Github) {
        let report = Report {
            program: &part.recording.header.program,
            path: &how.path,
            found: &part.findings,
            ended: how.ended.as_ref().map(|ended| &*ended.says),
            fail_on: &how.fail_on,
        };
        match format {
            Format::Junit => report.junit(out)?,
            _ => report.github(out)?,
        }
        return Ok(part.findings);
    }
    if part.around.tally.tasks == 0 && ending != Ending::Exit(0) {
        return Ok(part.findings);
    }
    if let Some(broken) = &part.broken {
        eprintln!("warning: this recording cannot be quite right: {broken}");
    }
    let is_whole = how.window.until.is_none() && part.more.is_none();
    let ended = how.ended.as_ref().filter(|_| !ending.is_complete() && is_whole);
    let mut cut = ended.map(|ended| ended.says.clone());
    if ending == Ending::Stuck && how.window.is_all() && part.more.is_none() {
        // Nobody waits where the thread is held for good, which a finding says.
        let waiting = story::waiting(&part.recording);
        if !waiting.is_empty() {
            eprintln!("{waiting}");
            cut = Some(format!("stuck, {waiting}"));
        }
    }
    if let Some((more, until)) = part.more {
        let until = recording::words::duration(until);
        cut = Some(format!("{more} more events until {until} are not drawn (see --from, --until)"));
    }
    let most = if format == Format::Text { TABLE } else { DIAGRAM };
    let scene = Scene {
        cut: cut.as_deref(),
        around: Some(&part.around),
        most,
        ..Scene::new(&part.recording)
    };
    if how.open {
        page::open(&scene, &part.findings)?;
        return Ok(part.findings);
    }
    if format == Format::Text {
        let colour = is_terminal && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = match is_terminal {
            true => width.unwrap_or(80).max(40),
            false => Look::ENDLESS,
        };
        out.write_all(draw::text(&scene, &part.findings, Look { width, colour }).as_bytes())?;
    } else {
        let width = if stderr().is_terminal() { 80 } else { Look::ENDLESS };
        eprint!("{}", draw::text::list(&part.findings, width));
        out.write_all(draw::mermaid(&scene).as_bytes())?;
    }
    out.flush()?;
    Ok(part.findings)
}

/// Looks for what is wrong, if somebody asks, while the events go by.
struct Watch<'a>(Option<Findings<'a>>);

impl<'a> Watch<'a> {
    fn new(how: &How, header: &Header, text: &'a str) -> Self {
        Watch((!how.fail_on.is_empty()).then(|| Findings::new(header, text, None)))
    }

    fn see(&mut self, event: &Event) {
        if let Watch(Some(findings)) = self {
            findings.see(event);
        }
    }

    fn finish(self, ending: &Ending, silent: Duration) -> Vec<Finding> {
        self.0.map_or(Vec::new(), |findings| findings.finish(ending, silent))
    }
}

fn jsonl(session: Session, how: &How, text: &str, mut out: impl Write) -> Result<Vec<Finding>> {
    let Session { header, names, events, ending, silent, .. } = session;
    let chooser = Chooser::new(&how.window, &names)?;
    let mut watch = Watch::new(how, &header, text);
    Recording { header, events: Vec::new() }.write(&mut out)?;
    let mut lines = Vec::with_capacity(2 * BLOCK);
    for event in events {
        let event = event?;
        watch.see(&event);
        if chooser.shows(&event) || matches!(event.what, What::Spawn { .. }) {
            event.write(&mut lines);
        }
        if lines.len() >= BLOCK {
            out.write_all(&lines)?;
            lines.clear();
        }
    }
    out.write_all(&lines)?;
    out.flush()?;
    Ok(watch.finish(&ending, silent))
}

fn chrome(session: Session, how: &How, text: &str, out: impl Write) -> Result<Vec<Finding>> {
    let Session { header, names, events, ending, silent, .. } = session;
    let chooser = Chooser::new(&how.window, &names)?;
    let mut watch = Watch::new(how, &header, text);
    let mut chrome = Chrome::new(out, &header, names)?;
    for event in events {
        let event = event?;
        watch.see(&event);
        if chooser.shows(&event) || matches!(event.what, What::Spawn { .. }) {
            chrome.see(&event)?;
        }
    }
    chrome.finish()?;
    Ok(watch.finish(&ending, silent))
}
