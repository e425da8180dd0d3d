//! What the page shows between two moments: who has the thread, what each task
//! is at, what is printed, when the next timer is due.

use recording::event::Line;
use recording::names::Name;
use recording::on::On;
use recording::run::{Run, State};
use serde_json::{Map, Value, json};

/// What a task waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// What for; one of these is enough.
    pub kinds: Vec<On>,
    /// The same in words: `1 s`, `a message`.
    pub on: String,
}

impl Wait {
    /// `waits 1 s` and `waits for a message`, where `verb` is `waits`.
    pub fn words(wait: Option<&Wait>, verb: &str) -> String {
        match wait {
            None => verb.to_owned(),
            Some(wait) if wait.is_time() => {
                // A number and its unit stay together.
                format!("{verb} {}", wait.on.replacen(' ', "\u{a0}", 1))
            }
            Some(Wait { on, .. }) => format!("{verb} for {on}"),
        }
    }

    /// Whether a time comes first.
    pub fn is_time(&self) -> bool {
        matches!(self.kinds.first(), Some(On::Time { ns: Some(_) }))
    }
}

/// What is shown of a task, beside its state.
#[derive(Clone, Debug)]
pub struct Task {
    /// What it is called.
    pub name: Name,
    /// What it waits for, where that is known.
    pub wait: Option<Wait>,
    /// The line of the listing where it stands.
    pub line: Option<Line>,
}

impl Task {
    /// Its state in a few words, for its label; `branch` is the one at work in it.
    fn words(&self, state: State, branch: Option<&str>) -> String {
        match (state, branch) {
            (State::Running, Some(branch)) => format!("runs {branch}"),
            (State::Running, None) => "has the thread".to_owned(),
            (State::Ready, _) => "ready, wants it".to_owned(),
            (State::Waiting, _) => Wait::words(self.wait.as_ref(), "waits"),
            (state, _) => state.kind().to_owned(),
        }
    }

    fn shown(&self, state: State, branch: Option<&str>) -> Map<String, Value> {
        let mut shown = Map::new();
        shown.insert("name".into(), json!(self.name.shown));
        shown.insert("tail".into(), json!(self.name.tail()));
        shown.insert("state".into(), json!(state.kind()));
        shown.insert("words".into(), json!(self.words(state, branch)));
        shown.insert("on".into(), json!(self.wait.as_ref().map(|wait| &wait.on)));
        shown.insert("line".into(), json!(self.line));
        shown
    }
}

/// What is shown, as JSON.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    whole: Map<String, Value>,
    tasks: Vec<Map<String, Value>>,
}

impl Shown {
    /// A state in the form in which the page gets it.
    pub fn new(
        run: &Run,
        tasks: &[Task],
        runtime: String,
        printed: usize,
        next: Option<u64>,
    ) -> Self {
        let mut whole = Map::new();
        whole.insert("holder".into(), json!(run.holder(None)));
        whole.insert("runtime".into(), json!(runtime));
        whole.insert("printed".into(), json!(printed));
        whole.insert("next".into(), json!(next));
        let states = (0..).zip(run.tasks()).zip(tasks);
        let shown = |((number, at), task): ((_, &recording::run::Task), &Task)| {
            task.shown(at.state, run.at_work(None, number))
        };
        Shown { whole, tasks: states.map(shown).collect() }
    }

    /// What of it was not so before.
    pub fn since(&self, before: &Shown) -> Map<String, Value> {
        let mut changes = differing(&self.whole, Some(&before.whole));
        let tasks: Map<String, Value> = self
            .tasks
            .iter()
            .enumerate()
            .map(|(n, task)| (n.to_string(), differing(task, before.tasks.get(n))))
            .filter(|(_, change)| !change.is_empty())
            .map(|(n, change)| (n, Value::Object(change)))
            .collect();
        if !tasks.is_empty() {
            changes.insert("tasks".into(), Value::Object(tasks));
        }
        changes
    }
}

/// What is not as it was; what was not there counts as null.
fn differing(now: &Map<String, Value>, before: Option<&Map<String, Value>>) -> Map<String, Value> {
    let was = |key: &str| before.and_then(|before| before.get(key)).unwrap_or(&Value::Null);
    let differ = now.iter().filter(|(key, value)| was(key) != *value);
    differ.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// How a run is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// tokio's words.
    Rust,
    /// asyncio's words.
    Python,
    /// A program without async has one thread and nobody to give it to.
    Plain,
}

impl Manner {
    /// Who hands out the thread; it begins a sentence.
    pub(super) fn runtime(self) -> &'static str {
        match self {
            Manner::Rust => "The runtime",
            Manner::Python => "The event loop",
            Manner::Plain => "The system",
        }
    }

    pub(super) fn polls(self) -> &'static str {
        match self {
            Manner::Rust => "polls",
            Manner::Python => "runs a step of",
            Manner::Plain => "starts",
        }
    }
}
