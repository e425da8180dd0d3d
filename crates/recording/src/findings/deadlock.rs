//! Who waits for whom: tasks that wait in a circle, and at the end those that
//! nobody is left to wake.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::Cast;
use super::{At, Finding, Kind};
use crate::event::{Event, How, Line, TaskId, What};
use crate::names::Names;
use crate::on::{Held, On};
use crate::session::Ending;

/// As many of those who wait are named.
const MOST: usize = 4;

/// Who waits, and the circles that were found.
#[derive(Debug, Default)]
pub struct Waits {
    waiting: BTreeMap<TaskId, Wait>,
    circles: Vec<Circle>,
    /// Who was told to stop: it may go on without what it waited for.
    told: BTreeSet<TaskId>,
}

#[derive(Clone, Debug)]
struct Wait {
    at: At,
    on: Option<Vec<On>>,
    line: Option<Line>,
    held: Vec<Held>,
    /// The tasks whose end it waits for, and for nothing else.
    ends: Vec<TaskId>,
}

/// Tasks that wait for each other, each for the next.
type Circle = Vec<(TaskId, Wait)>;

impl Waits {
    /// Takes the event that is the `at`.
    pub(super) fn see(&mut self, at: At, event: &Event) {
        match &event.what {
            What::Pending { task, on, line } if event.worker.is_none() => {
                let (ends, held) = (ends(on.as_deref()), held(on.as_deref()));
                let on = on.clone();
                let is_new = !held.is_empty() || !ends.is_empty();
                self.waiting.insert(*task, Wait { at, on, line: *line, held, ends });
                if is_new && let Some(circle) = self.circle(*task) {
                    self.circles.push(circle);
                }
            }
            What::Wake { task, .. } => {
                self.waiting.remove(task);
                // So it was none.
                if !self.told.contains(task) {
                    self.circles.retain(|circle| circle.iter().all(|(one, _)| one != task));
                }
            }
            What::Cancel { task, how: How::Throw, .. } => {
                self.told.insert(*task);
            }
            What::Poll { task, .. }
            | What::Ready { task }
            | What::Panic { task, .. }
            | What::Cancelled { task }
            | What::Cancel { task, how: How::Drop, .. } => {
                self.waiting.remove(task);
                self.told.remove(task);
            }
            _ => {}
        }
    }

    /// The circle that `first` waits in, if each in it waits only for the next.
    fn circle(&self, first: TaskId) -> Option<Circle> {
        let mut path: Vec<(TaskId, Wait)> = Vec::new();
        let mut task = first;
        loop {
            if let Some(start) = path.iter().position(|(one, _)| *one == task) {
                let mut circle = path.split_off(start);
                let first = circle.iter().enumerate().min_by_key(|(_, (task, _))| *task);
                let first = first.map_or(0, |(first, _)| first);
                circle.rotate_left(first);
                return Some(circle);
            }
            let wait = self.waiting.get(&task)?;
            // Of several locks any would do, of several ends all are needed.
            let next = match (wait.held.as_slice(), wait.ends.as_slice()) {
                ([held], []) => held.task,
                ([first, rest @ ..], []) if rest.iter().all(|held| held.task == first.task) => {
                    first.task
                }
                ([], ends) => *ends.iter().find(|end| self.waiting.contains_key(end))?,
                _ => return None,
            };
            path.push((task, wait.clone()));
            task = next;
        }
    }

    /// What was found, and the tasks that it is about.
    pub(super) fn finish(self, ending: &Ending, cast: &Cast<'_>) -> (Vec<Finding>, Vec<TaskId>) {
        let names = cast.names();
        let mut dead: Vec<TaskId> = Vec::new();
        let mut found = Vec::new();
        for circle in &self.circles {
            dead.extend(circle.iter().map(|(task, _)| task));
            found.push(deadlock(circle, &names, cast));
        }
        if *ending != Ending::Stuck {
            return (found, dead);
        }
        let others: Vec<_> = self.waiting.iter().filter(|(task, _)| !dead.contains(task)).collect();
        // Who waits for another's end does so because that one waits.
        let first = others.iter().copied().filter(|(_, wait)| wait.ends.is_empty());
        let mut named: Vec<_> = first.collect();
        if named.is_empty() && found.is_empty() {
            named = others;
        }
        if !named.is_empty() {
            found.push(stuck(&named, &names, cast));
        }
        dead.extend(self.waiting.keys());
        (found, dead)
    }
}

/// The tasks whose end is all that is waited for, and each of them is needed.
fn ends(on: Option<&[On]>) -> Vec<TaskId> {
    match on {
        Some([one]) => one.ends().filter(|(_, each)| *each).map(|(of, _)| of.to_vec()),
        _ => None,
    }
    .unwrap_or_default()
}

/// Who has the locks, where those are all that is waited for.
fn held(on: Option<&[On]>) -> Vec<Held> {
    let locks = on.unwrap_or_default().iter().map(|on| match on {
        On::Lock { held, .. } if !held.is_empty() => Some(held.as_slice()),
        _ => None,
    });
    locks.collect::<Option<Vec<_>>>().unwrap_or_default().concat()
}

fn deadlock(circle: &Circle, names: &Names, cast: &Cast<'_>) -> Finding {
    let mut lines = Vec::new();
    let mut says = Vec::new();
    for (i, (task, wait)) in circle.iter().enumerate() {
        let (who, at) = (names.said(*task), cast.at_line(wait.line));
        lines.extend(wait.line);
        let Some(held) = wait.held.first() else {
            let on = cast.waits(wait.on.as_deref(), names, "another");
            says.push(format!("{who} waits{at} for {on}"));
            continue;
        };
        lines.extend(held.line);
        let took = cast.at_line(held.line);
        says.push(if held.task == *task {
            format!("{who} waits{at} for the lock that it took itself{took} and still has")
        } else {
            let by = names.said(circle[(i + 1) % circle.len()].0);
            format!("{who} waits{at} for the lock that {by} took{took}")
        });
    }
    let evidence = circle.iter().map(|(_, wait)| wait.at).collect();
    Finding {
        kind: Kind::Deadlock,
        says: format!("deadlock: {}", says.join(", ")),
        lines,
        evidence,
    }
}

fn stuck(waiting: &[(&TaskId, &Wait)], names: &Names, cast: &Cast<'_>) -> Finding {
    let mut says: Vec<String> = Vec::new();
    for (task, wait) in waiting.iter().take(MOST) {
        let on = cast.waits(wait.on.as_deref(), names, "something that is not known");
        says.push(format!("{} waits for {on}{}", names.said(**task), cast.at(wait.line)));
    }
    if waiting.len() > MOST {
        says.push(format!("and {} more wait", waiting.len() - MOST));
    }
    let wakes = "nothing is left that could wake anybody";
    Finding {
        kind: Kind::Stuck,
        says: format!("{wakes}: {}", says.join(", ")),
        lines: waiting.iter().take(MOST).filter_map(|(_, wait)| wait.line).collect(),
        evidence: waiting.iter().map(|(_, wait)| wait.at).collect(),
    }
}
