//! A part of a run, small enough to be drawn, and what is said of all of it.
//!
//! The events of a session are read once and dropped as they come, but for the
//! first [`MOST`] that a [`Window`] shows. So the memory needed grows with the
//! number of tasks, not with that of events.

use std::collections::HashSet;

use anyhow::{Result, ensure};

use crate::check::{Broken, Checker};
use crate::event::{Event, Recording, TaskId, What};
use crate::findings::{Finding, Findings};
use crate::kinds::Kinds;
use crate::names::Names;
use crate::session::Session;
use crate::tally::Tally;

/// As many events are kept to be drawn.
pub const MOST: usize = 20_000;

/// Which events are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Not before, in microseconds since the start.
    pub from: Option<u64>,
    /// Not after.
    pub until: Option<u64>,
    /// Only of these tasks, by the name that the program gives them (`foo`: all
    /// of that name) or that views show (`foo #2`); of all, if there are none.
    pub tasks: Vec<String>,
}

impl Window {
    /// Whether it shows everything.
    pub fn is_all(&self) -> bool {
        *self == Window::default()
    }

    fn is_after(&self, event: &Event) -> bool {
        self.from.is_none_or(|from| from <= event.t)
    }
}

/// Tells, event by event, what a window shows.
#[derive(Debug)]
pub struct Chooser<'a> {
    window: &'a Window,
    chosen: HashSet<TaskId>,
}

impl<'a> Chooser<'a> {
    /// For a run whose tasks have these names.
    ///
    /// # Errors
    ///
    /// When the window asks for tasks and there are none of the name.
    pub fn new(window: &'a Window, names: &Names) -> Result<Self> {
        let all = TaskId::try_from(names.len()).unwrap_or(TaskId::MAX);
        let is = |task: &TaskId| {
            let asked = |one: &String| one == names.base(*task) || one == names.of(*task);
            window.tasks.iter().any(asked)
        };
        let chosen: HashSet<TaskId> = (0..all).filter(is).collect();
        ensure!(
            window.tasks.is_empty() || !chosen.is_empty(),
            "no task is called {}: there {}",
            window.tasks.join(" or "),
            match all {
                0 => "are none".to_owned(),
                1 => format!("is {}", names.said(0)),
                many => format!("are {}", names.series(0..many)),
            }
        );
        Ok(Chooser { window, chosen })
    }

    /// Whether the window shows the next event.
    pub fn shows(&self, event: &Event) -> bool {
        let is = |task: TaskId| self.chosen.contains(&task);
        let of = self.window.tasks.is_empty()
            || event.what.task().is_some_and(is)
            || matches!(event.what, What::Spawn { by: Some(by), .. } if is(by));
        self.window.is_after(event) && self.window.until.is_none_or(|t| event.t <= t) && of
    }
}

/// What has to be known of a run to draw a part of it.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// What the tasks are called.
    pub names: Names,
    /// Those polled before the part.
    pub polled: HashSet<TaskId>,
    /// When the part begins, in microseconds.
    pub start: u64,
    /// Whether there are tasks that are not shown.
    pub chosen: bool,
    /// What happened in all of the run.
    pub tally: Tally,
    /// The same for the tasks of each name.
    pub kinds: Kinds,
}

/// A part of a run.
#[derive(Debug)]
pub struct Part {
    /// The events that are shown.
    pub recording: Recording,
    /// What has to be known besides.
    pub around: Around,
    /// How many events the window shows that were not kept, and when the last was.
    pub more: Option<(usize, u64)>,
    /// What is wrong with the run.
    pub findings: Vec<Finding>,
    /// The rule that the recording breaks, if it does.
    pub broken: Option<Broken>,
}

impl Part {
    /// Reads all of `session`, a run of a program with this text.
    ///
    /// # Errors
    ///
    /// The first event that cannot be read; a name in `window` that no task has.
    pub fn of(session: Session, window: &Window, text: &str) -> Result<Self> {
        let Session { header, names, ending, silent, events, .. } = session;
        let mut findings = Findings::new(&header, text, None);
        let (mut checker, mut broken) = (Checker::default(), None);
        let chooser = Chooser::new(window, &names)?;
        let chosen = !window.tasks.is_empty();
        let mut around = Around { names, chosen, ..Around::default() };
        let (mut kept, mut more) = (Vec::new(), None);
        for event in events {
            let event = event?;
            findings.see(&event);
            around.tally.see(&event);
            around.kinds.see(&event);
            if broken.is_none() {
                broken = checker.next(&event).err();
            }
            if chooser.shows(&event) {
                if kept.len() < MOST {
                    kept.push(event);
                } else {
                    let (left, last) = more.get_or_insert((0, 0));
                    (*left, *last) = (*left + 1, event.t);
                }
            } else if !window.is_after(&event) {
                around.start = event.t;
                if let What::Poll { task, .. } = event.what {
                    around.polled.insert(task);
                }
            }
        }
        broken = broken.or_else(|| checker.finish().err()).filter(|_| ending.is_complete());
        let recording = Recording { header, events: kept };
        let findings = findings.finish(&ending, silent);
        Ok(Part { recording, around, more, findings, broken })
    }
}
