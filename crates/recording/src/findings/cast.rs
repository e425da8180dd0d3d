//! Who takes part in a run: the tasks, by number and by name.

use std::borrow::Cow;

use super::endless::Loops;
use crate::event::{Event, Header, Language, Line, TaskId, What};
use crate::listing::Listing;
use crate::names::Names;
use crate::on::On;
use crate::waits::waits;
use crate::words::list;

/// As many lines are named.
const MOST_LINES: usize = 4;

/// The tasks of a run, and its program.
pub(super) struct Cast<'a> {
    pub language: Language,
    pub loops: Loops,
    text: &'a str,
    listing: Option<&'a Listing>,
    /// By task number.
    plain: Vec<String>,
}

impl<'a> Cast<'a> {
    pub fn new(header: &Header, text: &'a str, listing: Option<&'a Listing>) -> Self {
        let language = header.language;
        let loops = Loops::of(text, language);
        Cast { language, loops, text, listing, plain: Vec::new() }
    }

    pub fn see(&mut self, event: &Event) {
        if let What::Spawn { name, .. } = &event.what {
            self.plain.push(name.clone());
        }
    }

    /// Whether the program's text has this word, in other than a comment of its own
    /// line.
    pub fn mentions(&self, word: &str) -> bool {
        let comment = if self.language == Language::Rust { "//" } else { "#" };
        let mut lines = self.text.lines().filter(|line| !line.trim_start().starts_with(comment));
        lines.any(|line| line.contains(word))
    }

    /// The names of all tasks as views show them.
    pub fn names(&self) -> Names {
        Names::new(self.plain.iter().cloned())
    }

    /// What a task waits for, in words; `unknown` where that is not known.
    pub fn waits<'b>(&self, on: Option<&[On]>, names: &Names, unknown: &'b str) -> Cow<'b, str> {
        match on {
            Some(on) => waits(on, names, self.language).into(),
            None => unknown.into(),
        }
    }

    /// The name that the program gives it, which others may have as well.
    pub fn plain(&self, task: TaskId) -> &str {
        self.plain.get(task as usize).map_or("?", String::as_str)
    }

    /// ` (line 12)`, if the line is known and shown.
    pub fn at(&self, line: Option<Line>) -> String {
        self.shown(line).map_or(String::new(), |line| format!(" ({})", line.words()))
    }

    /// ` (line 12)`, ` (lines 12 and 14)`, as far as they are shown.
    pub fn at_lines(&self, lines: &[Line]) -> String {
        let shown = lines.iter().filter_map(|line| self.shown(Some(*line)));
        let shown: Vec<Line> = shown.collect();
        let named: Vec<String> = match shown.iter().all(|line| line.file().is_none()) {
            true => shown.iter().map(Line::to_string).collect(),
            false => shown.iter().map(|line| line.words()).collect(),
        };
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        match shown.as_slice() {
            [] => String::new(),
            [line] => format!(" ({})", line.words()),
            _ if shown.iter().all(|line| line.file().is_none()) => {
                format!(" (lines {})", list(&named, MOST_LINES))
            }
            _ => format!(" ({})", list(&named, MOST_LINES)),
        }
    }

    /// ` at line 12`, if the line is known and shown.
    pub fn at_line(&self, line: Option<Line>) -> String {
        self.shown(line).map_or(String::new(), |line| format!(" at {}", line.words()))
    }

    /// How the sentences count a line of the file.
    pub fn shown(&self, line: Option<Line>) -> Option<Line> {
        match self.listing {
            Some(listing) => listing.line(line?),
            None => line,
        }
    }
}
