//! Who takes part in a run: the tasks, by number and by name.

use std::collections::HashMap;

use super::endless::Loops;
use crate::event::{Event, Header, Language, Line, TaskId, What, numbered};
use crate::listing::Listing;
use crate::words::row;

/// The tasks of a run, and its program.
pub(super) struct Cast<'a> {
    pub language: Language,
    pub loops: Loops,
    text: &'a str,
    listing: Option<&'a Listing>,
    /// By task number.
    plain: Vec<String>,
    bearers: HashMap<String, Vec<TaskId>>,
}

impl<'a> Cast<'a> {
    pub fn new(header: &Header, text: &'a str, listing: Option<&'a Listing>) -> Self {
        let language = header.language;
        let loops = Loops::of(text, language);
        Cast { language, loops, text, listing, plain: Vec::new(), bearers: HashMap::new() }
    }

    pub fn see(&mut self, event: &Event) {
        if let What::Spawn { task, name, .. } = &event.what {
            self.plain.push(name.clone());
            self.bearers.entry(name.clone()).or_default().push(*task);
        }
    }

    /// Whether a line of the program calls the function of this qualified name.
    pub fn calls(&self, line: Line, name: &str) -> bool {
        let text = (line as usize).checked_sub(1).and_then(|before| self.text.lines().nth(before));
        let name = name.rsplit('.').next().unwrap_or(name);
        text.is_some_and(|text| text.contains(&format!("{name}(")))
    }

    /// The tasks whose end `on` says that somebody waits for: `a to finish`,
    /// `a or b to finish`, `a, b and c to finish or 1 s`. Whether all of the
    /// words are known is said, too, and whether the end of one is enough.
    pub fn awaited(&self, on: &str) -> Awaited {
        let Some((names, rest)) = on.split_once(" to finish") else { return Awaited::default() };
        let all = names.contains(" and ");
        let parts: Vec<&str> = names
            .split(" and ")
            .flat_map(|n| n.split(" or "))
            .flat_map(|n| n.split(", "))
            .collect();
        let tasks: Vec<TaskId> = parts.iter().filter_map(|name| self.resolve(name)).collect();
        let known = tasks.len() == parts.len();
        Awaited { only: known && rest.is_empty() && (all || parts.len() == 1), known, tasks }
    }

    /// The task that views call so, by what was spawned until now.
    fn resolve(&self, name: &str) -> Option<TaskId> {
        if let Some((base, nth)) = name.rsplit_once(" #")
            && let Ok(nth) = nth.parse::<usize>()
            && let Some(bearers) = self.bearers.get(base)
        {
            return bearers.get(nth.checked_sub(1)?).copied();
        }
        self.bearers.get(name)?.first().copied()
    }

    /// The names of all tasks as views show them.
    pub fn names(&self) -> Names {
        Names(numbered(&self.plain))
    }

    /// The name that the program gives it, which others may have as well.
    pub fn plain(&self, task: TaskId) -> &str {
        self.plain.get(task as usize).map_or("?", String::as_str)
    }

    /// ` (line 12)`, if the line is known and shown.
    pub fn at(&self, line: Option<Line>) -> String {
        self.shown(line).map_or(String::new(), |line| format!(" (line {line})"))
    }

    /// ` (line 12)`, ` (lines 12 and 14)`, as far as they are shown.
    pub fn at_lines(&self, lines: &[Line]) -> String {
        let shown = lines.iter().filter_map(|line| self.shown(Some(*line)));
        match shown.map(|line| line.to_string()).collect::<Vec<_>>().as_slice() {
            [] => String::new(),
            [line] => format!(" (line {line})"),
            lines => format!(" (lines {})", row(lines)),
        }
    }

    /// ` at line 12`, if the line is known and shown.
    pub fn at_line(&self, line: Option<Line>) -> String {
        self.shown(line).map_or(String::new(), |line| format!(" at line {line}"))
    }

    /// How the sentences count a line of the file.
    pub fn shown(&self, line: Option<Line>) -> Option<Line> {
        match self.listing {
            Some(listing) => listing.line(line?),
            None => line,
        }
    }
}

/// Whose end is waited for.
#[derive(Debug, Default)]
pub(super) struct Awaited {
    pub tasks: Vec<TaskId>,
    /// Whether these are all whose end is waited for.
    pub known: bool,
    /// Whether the end of each of them is needed, and nothing else would do.
    pub only: bool,
}

/// The tasks' names.
pub(super) struct Names(Vec<String>);

impl Names {
    pub fn of(&self, task: TaskId) -> &str {
        self.0.get(task as usize).map_or("?", String::as_str)
    }

    /// `foo #1 to #3`, `a and b`.
    pub fn row(&self, tasks: impl IntoIterator<Item = TaskId>) -> String {
        let names: Vec<String> = tasks.into_iter().map(|task| self.of(task).to_owned()).collect();
        row(&names)
    }
}
