//! A run in one of the formats. Jsonl and chrome are written event by event; of
//! the others a part is drawn, so that no run is too long for the memory.

use std::io::{IsTerminal, Write, stdout};

use anyhow::Result;
use draw::chrome::Chrome;
use draw::{self, Look, Scene, story};
use recording::event::{Recording, What};
use recording::part::{Chooser, Part, Window};
use recording::session::Ending;
use recording::session::Session;

use super::Format;
use super::how::How;
use super::{page, player};

/// A diagram is shortened to so many lines.
const DIAGRAM: usize = 60;

/// A table is shortened to so many rows.
const TABLE: usize = 100;

/// So many bytes of lines are written at once.
const BLOCK: usize = 1 << 15;

/// Shows what `session` recorded of a program with this text; of a program that
/// did not even start there is nothing to show.
///
/// # Errors
///
/// When an event cannot be read, or the result cannot be written.
pub fn show(session: Session, how: &How, text: &str) -> Result<()> {
    let is_terminal = stdout().is_terminal();
    let format = match how.format {
        Some(format) => format,
        None if is_terminal => Format::Text,
        None => Format::Mermaid,
    };
    let mut out = std::io::BufWriter::new(stdout().lock());
    match format {
        Format::Jsonl => return jsonl(session, &how.window, out),
        Format::Chrome => return chrome(session, &how.window, out),
        Format::Player => return player::player(session, how, text, out),
        Format::Mermaid | Format::Text => {}
    }
    let ending = session.ending.clone();
    let part = Part::of(session, &how.window, text)?;
    if part.around.tally.tasks == 0 && ending != Ending::Exit(0) {
        return Ok(());
    }
    if let Some(broken) = &part.broken {
        eprintln!("warning: this recording cannot be quite right: {broken}");
    }
    let is_whole = how.window.until.is_none() && part.more.is_none();
    let mut cut = how.ended.clone().filter(|_| !ending.is_complete() && is_whole);
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
        return page::open(&scene, &part.findings);
    }
    if format == Format::Text {
        let colour = is_terminal && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = width.filter(|_| is_terminal).unwrap_or(80).max(40);
        out.write_all(draw::text(&scene, &part.findings, Look { width, colour }).as_bytes())?;
    } else {
        eprint!("{}", draw::text::list(&part.findings, 80));
        out.write_all(draw::mermaid(&scene).as_bytes())?;
    }
    Ok(out.flush()?)
}

fn jsonl(session: Session, window: &Window, mut out: impl Write) -> Result<()> {
    let Session { header, names, events, .. } = session;
    let chooser = Chooser::new(window, &names)?;
    Recording { header, events: Vec::new() }.write(&mut out)?;
    let mut lines = Vec::with_capacity(2 * BLOCK);
    for event in events {
        let event = event?;
        if chooser.shows(&event) || matches!(event.what, What::Spawn { .. }) {
            event.write(&mut lines);
        }
        if lines.len() >= BLOCK {
            out.write_all(&lines)?;
            lines.clear();
        }
    }
    out.write_all(&lines)?;
    Ok(out.flush()?)
}

fn chrome(session: Session, window: &Window, out: impl Write) -> Result<()> {
    let Session { header, names, events, .. } = session;
    let chooser = Chooser::new(window, &names)?;
    let mut chrome = Chrome::new(out, &header, names)?;
    for event in events {
        let event = event?;
        if chooser.shows(&event) || matches!(event.what, What::Spawn { .. }) {
            chrome.see(&event)?;
        }
    }
    chrome.finish()
}
