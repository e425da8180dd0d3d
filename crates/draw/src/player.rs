//! A run as a page of the book shows it: everything that its player needs, as
//! one JSON object in one line.
//!
//! | field | is |
//! |---|---|
//! | `header` | the recording's |
//! | `moments` | what the player shows, see [`crate::moments`] |
//! | `diagram` | the same as a sequence diagram |
//! | `findings` | what is wrong with the run, a sentence each; the worst first |
//! | `ended` | how the program ended, if not well: `brief`, and all that it `says`; else null |
//! | `verdict` | where it is an exercise: whether it is solved |
//!
//! A page that asked for a run gets an [`Answer`].
//!
//! # Layout
//!
//! [`diagnostics`] has the errors at their lines.

pub mod diagnostics;

use anyhow::Result;
use recording::event::Language;
use recording::exercise::Exercise;
use recording::listing::Listing;
use recording::part::{Part, Window};
use recording::session::{Ended, Ending, Session};
use recording::words::count;
use serde::Serialize;
use serde_json::{Map, Value, json};

use self::diagnostics::Diagnostic;
use crate::mermaid::mermaid;
use crate::moments::Moments;
use crate::scene::Scene;
use crate::story;

/// More events than this no page can show.
const MOST: usize = 2_000;

/// What a page shows of the part `window` of `session`, a run of a program with
/// this text that `ended` so, if not well; judged, if it is to solve an `exercise`.
///
/// # Errors
///
/// When an event cannot be read.
pub fn player(
    session: Session,
    window: &Window,
    mut ended: Option<Ended>,
    text: &str,
    exercise: Option<&Exercise>,
) -> Result<Map<String, Value>> {
    let ending = session.ending.clone();
    let part = Part::of(session, window, text)?;
    let verdict = exercise.map(|it| it.judge(&part, &ending));
    let mut recording = part.recording;
    let left = recording.events.len().saturating_sub(MOST) + part.more.map_or(0, |(more, _)| more);
    recording.events.truncate(MOST);
    let waiting = story::waiting(&recording);
    if ending == Ending::Stuck && left == 0 && !waiting.is_empty() {
        ended = ended.map(|Ended { brief, .. }| Ended::new(&brief, Some(&waiting)));
    }
    let cut = match left {
        0 => ended.as_ref().filter(|_| !ending.is_complete()).map(|ended| ended.says.clone()),
        _ => Some(format!("{} came after this, more than a page can show", count(left, "event"))),
    };
    // The page shows all of the text, from its first line on.
    let listing = Listing { text: text.trim_end().to_owned(), first: 1 };
    let moments = Moments::of(&recording, &listing).cut(cut.as_deref()).to_json();
    let moments: Vec<Value> =
        moments.iter().map(|line| serde_json::from_str(line)).collect::<Result<_, _>>()?;
    let scene = Scene { cut: cut.as_deref(), ..Scene::new(&recording) };
    let findings: Vec<&str> = part.findings.iter().map(|finding| finding.says.as_str()).collect();
    let fields = [
        ("header", json!(recording.header)),
        ("moments", json!(moments)),
        ("diagram", json!(mermaid(&scene))),
        ("findings", json!(findings)),
        ("ended", json!(ended)),
    ];
    let verdict = verdict.map(|verdict| ("verdict", json!(verdict)));
    Ok(fields.into_iter().chain(verdict).map(|(name, value)| (name.to_owned(), value)).collect())
}

/// What comes of a program that a page asked to record.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It ran: what [`player`] gives, and as `notice` what the program wrote besides.
    Recording(Map<String, Value>),
    /// It did not.
    Errors {
        /// Those that belong to a line of the listing.
        lines: Vec<Diagnostic>,
        /// Everything that was said.
        text: String,
        /// What a program may use, where it may have asked for more.
        #[serde(skip_serializing_if = "Option::is_none")]
        hint: Option<String>,
    },
}

impl Answer {
    /// Of a program that `said` this besides; nothing is `shown` of one that did not
    /// get as far, but for a `hint`.
    pub fn of(shown: Option<Map<String, Value>>, said: &str, language: Language) -> Self {
        // Its head and a moment.
        let begun = |shown: &Map<String, Value>| {
            shown.get("moments").and_then(Value::as_array).is_some_and(|all| all.len() > 1)
        };
        match shown {
            Some(mut shown) if begun(&shown) => {
                shown.insert("notice".to_owned(), said.into());
                Answer::Recording(shown)
            }
            shown => {
                let hint = shown.and_then(|shown| Some(shown.get("hint")?.as_str()?.to_owned()));
                let (lines, text) = (diagnostics::of(said, language), said.to_owned());
                Answer::Errors { lines, text, hint }
            }
        }
    }

    /// Of a program that was not recorded, and `why`, beside what was `said`.
    pub fn errors(why: &str, said: &str, language: Language) -> Self {
        let (lines, text) = (diagnostics::of(said, language), format!("{why}{said}"));
        Answer::Errors { lines, text, hint: None }
    }
}
