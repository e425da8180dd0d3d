//! A run as a page of the book shows it: everything that its player needs, as
//! one JSON object in one line.
//!
//! | field | is |
//! |---|---|
//! | `header` | the recording's |
//! | `moments` | what the player shows, see [`draw::moments`] |
//! | `diagram` | the same as a sequence diagram |
//! | `findings` | what is wrong with the run, a sentence each; the worst first |
//! | `ended` | how the program ended, if not well; else null |
//!
//! The command itself succeeds, however the program ended.

use std::io::Write;

use anyhow::Result;
use draw::{Moments, Scene, story};
use recording::listing::Listing;
use recording::part::Part;
use recording::session::{Ending, Session};
use recording::words::count;
use serde_json::{Value, json};

use super::how::How;

/// More events than this no page can show.
const MOST: usize = 2_000;

/// Writes what a page shows of `session`, a run of a program with this text.
///
/// # Errors
///
/// When an event cannot be read, or the result cannot be written.
pub fn player(session: Session, how: &How, text: &str, mut out: impl Write) -> Result<()> {
    let ending = session.ending.clone();
    let part = Part::of(session, &how.window, text)?;
    let mut recording = part.recording;
    let left = recording.events.len().saturating_sub(MOST) + part.more.map_or(0, |(more, _)| more);
    recording.events.truncate(MOST);
    let mut ended = how.ended.clone();
    let waiting = story::waiting(&recording);
    if ending == Ending::Stuck && left == 0 && !waiting.is_empty() {
        ended = Some(format!("it is stuck: {waiting}"));
    }
    let cut = match left {
        0 => ended.clone().filter(|_| !ending.is_complete()),
        _ => Some(format!("{} came after this, more than a page can show", count(left, "event"))),
    };
    // The page shows all of the text, from its first line on.
    let listing = Listing { text: text.trim_end().to_owned(), first: 1 };
    let moments = Moments::of(&recording, &listing).cut(cut.as_deref()).to_json();
    let moments: Vec<Value> =
        moments.iter().map(|line| serde_json::from_str(line)).collect::<Result<_, _>>()?;
    let scene = Scene { cut: cut.as_deref(), ..Scene::new(&recording) };
    let findings: Vec<&str> = part.findings.iter().map(|finding| finding.says.as_str()).collect();
    let shown = json!({
        "header": recording.header,
        "moments": moments,
        "diagram": draw::mermaid(&scene),
        "findings": findings,
        "ended": ended,
    });
    writeln!(out, "{shown}")?;
    Ok(out.flush()?)
}
