//! A recording as moments: the places where the player of a page can stop.
//!
//! Most moments are one event; time that passes between two events is a moment
//! of its own (`idle` when nobody has the thread, `busy` when somebody
//! computes), and a `block` takes the time that it holds the thread. Each comes
//! with its sentence, and with what it changes: the page's scripts draw that,
//! and know neither the rules of a run nor a word of it.
//!
//! A moment is one JSON object:
//!
//! ```text
//! {"kind":"print","t":0,"task":0,"text":"Hello","say":[{"b":"main"}," prints ",{"q":"Hello"},"."],
//!  "printed":1,"tasks":{"0":{"line":4}}}
//! ```
//!
//! | field | is |
//! |---|---|
//! | `kind`, `t`, `task`, `by` | the event's, or `idle`, `busy` and `cut`; `t` is when it is over |
//! | `us` | how long it takes, or until a timer is due |
//! | `text`, `stream`, `branch`, `how` | the event's |
//! | `told` | a poll that only tells the task that it is cancelled |
//! | `say` | the sentence: plain text, and in objects what is marked, `b` a task's name, `q` a quotation, `code` |
//! | `holder` | who has the thread now; null for the runtime |
//! | `runtime` | what the runtime is at, in words |
//! | `printed` | how many lines are printed by now |
//! | `next` | when the next timer is due |
//! | `tasks` | by number: `name`, `tail` (the end of a name that several share, ` #2`), `state`, its `words`, `on` what it waits for, `line` |
//!
//! From `holder` on a field is there only where it is another than before.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`moment`] | one of them |
//! | [`tell`] | what each event changes, and the moment that is told of it |
//! | [`run`] | what is true between two events |
//! | [`sentences`] | a sentence for each moment |
//! | [`say`] | text with marks in it |
//! | [`state`] | what the page shows between two moments, and how two of them differ |

mod moment;
mod run;
mod say;
mod sentences;
mod state;
mod tell;

use recording::event::{Language, Recording, What};
use recording::listing::{Listing, is_async};
use recording::words::count;
use serde::Serialize;

pub use self::moment::Moment;
use self::say::Say;

/// What the player of a page needs of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    /// What is true of all of it.
    pub head: Head,
    /// In order, at least one.
    pub moments: Vec<Moment>,
}

/// What is true of a recording as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    /// Whether the listing has anything asynchronous in it.
    r#async: bool,
    /// Who has the thread when no task has it.
    keeper: &'static str,
    /// How often tasks got the thread, in words; empty without async.
    polls: String,
    /// Whether the program went on after the last moment, or was stopped in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
}

impl Moments {
    /// The moments of `recording`, whose lines are shown as those of `listing`.
    pub fn of(recording: &Recording, listing: &Listing) -> Self {
        let polled = |what: &What| matches!(what, What::Poll { .. });
        let polls = recording.events.iter().filter(|event| polled(&event.what)).count();
        let r#async = is_async(&listing.text);
        let (keeper, poll) = match recording.header.language {
            _ if !r#async => ("nobody", ""),
            Language::Rust => ("runtime", "poll"),
            Language::Python => ("loop", "step"),
        };
        let polls = if r#async { count(polls, poll) } else { String::new() };
        Moments {
            head: Head { r#async, keeper, polls, cut: false },
            moments: tell::moments(recording, listing),
        }
    }

    /// With a last moment that says why the recording ends before its program
    /// did, if it does.
    pub fn cut(mut self, why: Option<&str>) -> Self {
        if let Some(why) = why {
            let last = self.moments.last();
            let at = last.map_or(0, |last| last.t);
            self.head.cut = true;
            self.moments.push(Moment {
                kind: "cut",
                t: at,
                say: Say::plain(format!("The recording stops here: {why}.")),
                ..Moment::default()
            });
        }
        self
    }

    /// As JSON: the head, then the moments.
    pub fn to_json(&self) -> Vec<String> {
        let head = serde_json::to_string(&self.head);
        let moments = self.moments.iter().map(serde_json::to_string);
        let lines = std::iter::once(head).chain(moments);
        lines.map(|line| line.expect("texts and numbers are JSON")).collect()
    }
}

#[cfg(test)]
mod tests;
