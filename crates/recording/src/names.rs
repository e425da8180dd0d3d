//! What the tasks of a run are called: one table, made once.
//!
//! The program gives a task its *base* name. Where several share one, all are
//! numbered, and that is what views show: `foo #1`, `foo #2`. No two tasks are
//! shown by one name, whatever the program calls them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::event::{Event, Recording, TaskId, What};
use crate::words::{list, visible};

/// As many names are said in a row; of more the number of the rest.
const MOST: usize = 4;

/// As many kinds of names are said in a row.
const MOST_KINDS: usize = 8;

/// A task's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What the program calls it.
    pub base: String,
    /// Which of those of this base it is, from 1; none where it is the only one.
    pub number: Option<u32>,
    /// What views show.
    pub shown: String,
}

impl Name {
    /// The end of what views show that tells it from others of its base: ` #2`.
    pub fn tail(&self) -> Option<String> {
        self.number.map(|number| format!(" #{number}"))
    }
}

/// The names of all tasks of a run, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(Vec<Name>);

impl Names {
    /// The names of tasks 0, 1, 2, … that the program calls so.
    ///
    /// ```
    /// # use recording::names::Names;
    /// let names = Names::new(["main", "foo", "foo", "foo #1", ""]);
    /// let shown: Vec<&str> = (0..5).map(|task| names.of(task)).collect();
    /// assert_eq!(shown, ["main", "foo #2", "foo #3", "foo #1", "task 4"]);
    /// ```
    pub fn new<S: Into<String>>(bases: impl IntoIterator<Item = S>) -> Self {
        let bases = bases.into_iter().map(Into::into);
        let bases: Vec<String> = bases.map(|base| visible(&base).into_owned()).collect();
        let mut bearers: HashMap<&str, u32> = HashMap::new();
        for base in &bases {
            *bearers.entry(base).or_default() += 1;
        }
        let blank = |base: &str| base.trim().is_empty();
        let alone = |base: &str| !blank(base) && bearers.get(base) == Some(&1);
        let mut taken: HashSet<String> = bases.iter().filter(|base| alone(base)).cloned().collect();
        let mut before: HashMap<&str, u32> = HashMap::new();
        let mut shown = Vec::with_capacity(bases.len());
        for (task, base) in bases.iter().enumerate() {
            if alone(base) {
                shown.push((None, base.clone()));
                continue;
            }
            // A task without a name is called after its number.
            if blank(base) {
                let mut name = format!("task {task}");
                while !taken.insert(name.clone()) {
                    name.push('\'');
                }
                shown.push((None, name));
                continue;
            }
            let number = before.entry(base).or_default();
            let name = loop {
                *number += 1;
                let name = format!("{base} #{number}");
                if taken.insert(name.clone()) {
                    break name;
                }
            };
            shown.push((Some(*number), name));
        }
        let names = bases.iter().cloned().zip(shown);
        Names(names.map(|(base, (number, shown))| Name { base, number, shown }).collect())
    }

    /// Those of the tasks that `events` spawn.
    pub fn of_events<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        Names::new(events.into_iter().filter_map(|event| match &event.what {
            What::Spawn { name, .. } => Some(name.as_str()),
            _ => None,
        }))
    }

    /// How many tasks there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What views show of each, by number.
    pub fn shown(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|name| name.shown.as_str())
    }

    /// All that there is to a task's name.
    pub fn get(&self, task: TaskId) -> Option<&Name> {
        self.0.get(task as usize)
    }

    /// What views show; `?` for a task that there is not.
    pub fn of(&self, task: TaskId) -> &str {
        self.get(task).map_or("?", |name| &name.shown)
    }

    /// What the program calls it.
    pub fn base(&self, task: TaskId) -> &str {
        self.get(task).map_or("?", |name| &name.base)
    }

    /// The name as it stands in a sentence: in quotes where it would be taken
    /// for several, or for a part of the sentence.
    ///
    /// ```
    /// # use recording::names::Names;
    /// let names = Names::new(["main", "load and save", "the lock, to read"]);
    /// assert_eq!(names.said(0), "main");
    /// assert_eq!(names.said(1), "“load and save”");
    /// assert_eq!(names.said(2), "“the lock, to read”");
    /// ```
    pub fn said(&self, task: TaskId) -> Cow<'_, str> {
        let Some(Name { base, number, shown }) = self.get(task) else { return "?".into() };
        if !misleads(base) {
            return shown.into();
        }
        match number {
            Some(number) => format!("“{base}” #{number}").into(),
            None => format!("“{shown}”").into(),
        }
    }

    /// What is shown of each task where there is room for `width`, by number: a
    /// name is cut by `cut`, but not its number, and no two are alike.
    ///
    /// ```
    /// # use recording::{names::Names, words::shorten};
    /// let names = Names::new(["main", "fetch_the_page", "fetch_the_page", "fetch_the_file"]);
    /// assert_eq!(names.labels(12, shorten), ["main", "fetch_th… #1", "fetch_th… #2", "fetch_the_f…"]);
    /// ```
    pub fn labels(&self, width: usize, cut: impl Fn(&str, usize) -> String) -> Vec<String> {
        let mut taken = HashSet::new();
        let mut labels = Vec::with_capacity(self.len());
        for (task, name) in self.0.iter().enumerate() {
            let Name { base, shown, .. } = name;
            let with = |tail: String| {
                let room = width.saturating_sub(tail.chars().count()).max(1);
                cut(base, room) + &tail
            };
            let mut label = match name.tail() {
                Some(tail) if cut(shown, width) != *shown => with(tail),
                _ => cut(shown, width),
            };
            // What they differ in was cut off.
            if taken.contains(&label) {
                label = with(format!(" ({task})"));
            }
            while !taken.insert(label.clone()) {
                label.push('\'');
            }
            labels.push(label);
        }
        labels
    }

    /// Names in a row, those of a numbered series by its ends.
    ///
    /// ```
    /// # use recording::names::Names;
    /// let names = Names::new(["main", "foo", "foo", "foo"]);
    /// assert_eq!(names.row([1, 2, 3]), "foo #1 to #3");
    /// assert_eq!(names.row([1, 2]), "foo #1 and foo #2");
    /// ```
    pub fn row(&self, tasks: impl IntoIterator<Item = TaskId>) -> String {
        let tasks: Vec<TaskId> = tasks.into_iter().collect();
        if let [first, .., last] = tasks[..]
            && tasks.len() > 2
            && let (Some(start), Some(end)) = (self.number(first), self.number(last))
            && tasks.iter().zip(start..).all(|(task, number)| {
                self.base(*task) == self.base(first) && self.number(*task) == Some(number)
            })
        {
            return format!("{} to #{end}", self.said(first));
        }
        let names: Vec<Cow<'_, str>> =
            tasks.iter().take(MOST.max(1)).map(|task| self.said(*task)).collect();
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        match tasks.len() {
            all if all > MOST => format!("{} and {} more", names.join(", "), all - MOST),
            _ => list(&names, MOST),
        }
    }

    /// Names, each series of numbered ones by its ends, wherever its names stand.
    ///
    /// ```
    /// # use recording::names::Names;
    /// let names = Names::new(["main", "foo", "bar", "foo", "foo"]);
    /// assert_eq!(names.series(0..5), "main, foo #1 to #3 and bar");
    /// ```
    pub fn series(&self, tasks: impl IntoIterator<Item = TaskId>) -> String {
        let mut kinds: Vec<Vec<TaskId>> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for task in tasks {
            let place = *places.entry(self.base(task)).or_insert(kinds.len());
            if place == kinds.len() {
                kinds.push(Vec::new());
            }
            kinds[place].push(task);
        }
        let rows: Vec<String> = kinds.into_iter().map(|tasks| self.row(tasks)).collect();
        list(&rows.iter().map(String::as_str).collect::<Vec<_>>(), MOST_KINDS)
    }

    fn number(&self, task: TaskId) -> Option<u32> {
        self.get(task)?.number
    }
}

/// Whether a name would not be taken for one name within a sentence.
fn misleads(base: &str) -> bool {
    let parts = [", ", " and ", " or ", " to ", " waits ", ": ", " #", "“", "”", "\""];
    base.is_empty()
        || base.trim() != base
        || base.ends_with([',', ':', '.'])
        || base.starts_with("the ")
        || parts.iter().any(|part| base.contains(part))
}

impl Recording {
    /// The names of its tasks.
    pub fn names(&self) -> Names {
        Names::of_events(&self.events)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_of_one_task_alone_is_never_changed() {
        let names = Names::new(["job", "job #1", "job"]);
        let shown: Vec<&str> = names.shown().collect();
        assert_eq!(shown, ["job #2", "job #1", "job #3"]);
    }

    #[test]
    fn a_name_is_shown_with_what_would_turn_it_round() {
        let names = Names::new(["ma\u{202e}ni", "a\nb", "a\\nb"]);
        let shown: Vec<&str> = names.shown().collect();
        assert_eq!(shown, ["ma\\u{202e}ni", "a\\nb #1", "a\\nb #2"]);
    }

    #[test]
    fn a_row_of_many_says_how_many_more() {
        let names = Names::new(["a", "b", "c", "d", "e", "f"]);
        assert_eq!(names.row(0..6), "a, b, c, d and 2 more");
        assert_eq!(names.row([0]), "a");
        assert_eq!(names.row([]), "");
    }

    #[test]
    fn labels_that_are_cut_still_differ() {
        let long = "n".repeat(300);
        let names = Names::new([&long, &long, &format!("{long}x"), &format!("{long}y"), "n… (3)"]);
        let labels = names.labels(10, crate::words::shorten);
        assert_eq!(labels, ["nnnnnn… #1", "nnnnnn… #2", "nnnnnnnnn…", "nnnnn… (3)", "n… (3)"]);
    }

    proptest! {
        #[test]
        fn no_two_tasks_are_shown_by_one_name(bases in prop::collection::vec("|a|a #1|a #1 #1|task 0|b", 0..12)) {
            let names = Names::new(bases);
            let shown: HashSet<&str> = names.shown().collect();
            prop_assert_eq!(shown.len(), names.len());
        }
    }
}
