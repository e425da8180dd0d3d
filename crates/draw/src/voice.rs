//! What is said of a beat, in two voices at once: for whoever reads it, and without
//! what beats of one kind differ in, so that rounds can be seen to repeat.

use std::borrow::Cow;

use recording::event::{Language, TaskId};
use recording::names::Names;
use recording::on::On;
use recording::waits::{alike, waits};
use recording::words::{duration, round, uncounted};

/// What is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Says {
    /// For whoever reads it.
    pub text: String,
    /// What it has in common with its like: the same without numbers and times.
    pub like: String,
}

impl Says {
    /// What `tell` says in either voice.
    pub fn of(tell: impl Fn(bool) -> String) -> Self {
        Says { text: tell(true), like: tell(false) }
    }

    /// The same, and this behind it.
    pub fn push(&mut self, more: &Says) {
        self.text.push_str(&more.text);
        self.like.push_str(&more.like);
    }
}

impl From<&str> for Says {
    fn from(words: &str) -> Self {
        Says::of(|_| words.to_owned())
    }
}

/// Who tells of one run.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    /// What its tasks are called.
    pub names: &'a Names,
    /// What it is written in.
    pub language: Language,
    /// Whether times are those of a machine's clock.
    pub real: bool,
    /// Whether numbers are said.
    pub counts: bool,
}

impl<'a> Voice<'a> {
    /// A task, as it stands in a sentence.
    pub fn task(self, task: TaskId) -> Cow<'a, str> {
        match self.counts {
            true => self.names.said(task),
            false => uncounted(self.names.base(task)),
        }
    }

    /// Some tasks.
    pub fn tasks(self, tasks: &[TaskId]) -> String {
        if self.counts {
            return self.names.row(tasks.iter().copied());
        }
        let mut kinds: Vec<Cow<'_, str>> = tasks.iter().map(|task| self.task(*task)).collect();
        kinds.dedup();
        kinds.join(", ")
    }

    /// A time in microseconds.
    pub fn time(self, us: u64) -> String {
        match self.counts {
            true => duration(if self.real { round(us) } else { us }),
            false => String::new(),
        }
    }

    /// A number.
    pub fn number(self, number: impl ToString) -> String {
        if self.counts { number.to_string() } else { String::new() }
    }

    /// What the program says itself.
    pub fn own(self, text: &str) -> Cow<'_, str> {
        if self.counts { text.into() } else { uncounted(text) }
    }

    /// What a task waits for.
    pub fn waits(self, on: &[On]) -> String {
        let words = if self.counts { waits } else { alike };
        words(on, self.names, self.language)
    }
}
