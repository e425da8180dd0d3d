//! What two polls that overlap may print besides.
//!
//! A search has one poll go on at a time, between one `.await` and the next. On
//! several workers two polls that were one after the other can overlap, and their
//! lines come in another order. What made what happen stays: a task prints its lines
//! in its own order, and what it prints after it was spawned or woken comes after
//! what whoever did that had printed by then.
//!
//! Nothing else is known of the order of lines, and these are all orders that this
//! leaves: more than a machine can show, for two tasks that hold the same lock print
//! one after the other. So what is among these is not proven to be possible; what is
//! not among these is not explained by polls that overlap.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use recording::event::{By, Event, Stream, TaskId, What};

/// Of an order with more lines nothing is kept: each has all that come before it.
const MOST: usize = 200;

/// A line: who printed it, and how many it had printed before.
type Line = (Option<TaskId>, usize);

/// What was printed in an order, and what has to come first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Causes(BTreeMap<Line, (String, BTreeSet<Line>)>);

/// Reads the events of an order.
///
/// ```
/// use recorder::search::overlap::Reader;
/// use recording::event::Event;
///
/// let mut reader = Reader::default();
/// for _ in 0..1_000 {
///     let event = r#"{"t":0,"ev":"print","task":0,"text":"on and on"}"#;
///     reader.see(&serde_json::from_str::<Event>(event).unwrap());
/// }
/// assert_eq!(reader.finish(), None);
/// ```
#[derive(Debug, Default)]
pub struct Reader {
    causes: Causes,
    /// What comes before whatever a task prints next.
    before: BTreeMap<Option<TaskId>, BTreeSet<Line>>,
    /// What comes before whatever it prints from its next poll on.
    woken: BTreeMap<TaskId, BTreeSet<Line>>,
    printed: BTreeMap<Option<TaskId>, usize>,
    /// There are more lines than that.
    is_long: bool,
}

impl Reader {
    /// Takes the next event.
    pub fn see(&mut self, event: &Event) {
        self.is_long |= self.causes.0.len() > MOST;
        if self.is_long {
            return;
        }
        match &event.what {
            What::Spawn { task, by: Some(by), .. } => {
                let before = self.before.get(&Some(*by)).cloned().unwrap_or_default();
                self.before.insert(Some(*task), before);
            }
            What::Wake { task, by: By::Task(by) } => {
                if let Some(before) = self.before.get(&Some(*by)) {
                    self.woken.entry(*task).or_default().extend(before);
                }
            }
            What::Poll { task, .. } => {
                if let Some(woken) = self.woken.remove(task) {
                    self.before.entry(Some(*task)).or_default().extend(woken);
                }
            }
            What::Print { task, text, stream: Stream::Stdout, .. } => {
                let count = self.printed.entry(*task).or_default();
                let line = (*task, *count);
                *count += 1;
                let before = self.before.entry(*task).or_default();
                self.causes.0.insert(line, (text.clone(), before.clone()));
                before.insert(line);
            }
            _ => {}
        }
    }

    /// What was read, if it is not too long.
    pub fn finish(self) -> Option<Causes> {
        Some(self.causes).filter(|_| !self.is_long)
    }
}

impl Causes {
    /// Whether `lines` are these, each after those that come before it.
    ///
    /// ```
    /// use recorder::search::overlap::Reader;
    /// use recording::event::Event;
    ///
    /// let mut reader = Reader::default();
    /// for event in [
    ///     r#"{"t":0,"ev":"spawn","task":0,"name":"main"}"#,
    ///     r#"{"t":0,"ev":"print","task":0,"text":"first"}"#,
    ///     r#"{"t":0,"ev":"spawn","task":1,"name":"a","by":0}"#,
    ///     r#"{"t":0,"ev":"print","task":0,"text":"second"}"#,
    ///     r#"{"t":0,"ev":"print","task":1,"text":"spawned"}"#,
    /// ] {
    ///     reader.see(&serde_json::from_str::<Event>(event).unwrap());
    /// }
    /// let causes = reader.finish().unwrap();
    /// assert!(causes.allow(&["first", "second", "spawned"]));
    /// assert!(causes.allow(&["first", "spawned", "second"]));
    /// assert!(!causes.allow(&["spawned", "first", "second"]));
    /// assert!(!causes.allow(&["first", "second"]));
    /// ```
    pub fn allow<T: AsRef<str>>(&self, lines: &[T]) -> bool {
        if lines.len() != self.0.len() {
            return false;
        }
        // Lines with the same text: whichever of these it was.
        let mut states = HashSet::from([BTreeSet::new()]);
        for text in lines {
            let mut next = HashSet::new();
            for state in &states {
                for (line, (said, before)) in &self.0 {
                    if said == text.as_ref() && !state.contains(line) && before.is_subset(state) {
                        let mut state: BTreeSet<Line> = state.clone();
                        state.insert(*line);
                        next.insert(state);
                    }
                }
            }
            states = next;
        }
        !states.is_empty()
    }
}
