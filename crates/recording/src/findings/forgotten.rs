//! Tasks that main left behind: ended with it, unfinished or before their
//! first turn.
//!
//! A task that goes round in an endless loop, or that waits for others to send
//! or ask, had nothing left to finish, unless somebody waited for its end outside
//! a loop: then it is no server. One that somebody cancelled before main was done
//! was not left behind.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::Cast;
use super::finding::{At, Finding};
use super::kind::Kind;
use crate::event::{Event, How, Line, TaskId, What};
use crate::on::On;
use crate::waits::waits;

/// How the tasks end.
#[derive(Debug, Default)]
pub struct Ends {
    /// Where each task that is not over stands.
    alive: BTreeMap<TaskId, Stand>,
    /// Whether main is over.
    over: bool,
    /// The root future that ended last.
    root: Option<TaskId>,
    /// Those whose end somebody waited for, as far as is known.
    awaited: BTreeSet<TaskId>,
    /// Somebody waited for the end of tasks that are not known.
    unknown: bool,
    /// Those that were ended with main.
    left: Vec<(TaskId, Stand)>,
    /// Whose end somebody waited for as main was done: who, in which line.
    kept: BTreeMap<TaskId, (TaskId, Option<Line>)>,
}

#[derive(Clone, Debug, Default)]
struct Stand {
    polled: bool,
    spawned: (At, Option<Line>),
    /// What it waits for, and where.
    wait: Option<(At, Option<Vec<On>>, Option<Line>)>,
    /// Somebody told it to stop.
    stopped: bool,
    /// When it was ended.
    ended: At,
    dropped: bool,
    /// With its `JoinSet`.
    set: bool,
    /// With which root future.
    root: Option<TaskId>,
}

impl Ends {
    /// Takes the event that is the `at`.
    pub(super) fn see(&mut self, at: At, event: &Event) {
        match &event.what {
            What::Spawn { task, by, line, .. } => {
                // Another root: another runtime has begun.
                self.over &= by.is_some();
                let spawned = (at, *line);
                self.alive.insert(*task, Stand { spawned, ..Stand::default() });
            }
            What::Poll { task, .. } => {
                if let Some(stand) = self.alive.get_mut(task) {
                    stand.polled = true;
                    stand.wait = None;
                }
            }
            What::Pending { task, on, line, .. } => {
                let parts = on.iter().flatten().flat_map(On::parts);
                for (ends, _) in parts.filter_map(On::ends) {
                    self.unknown |= ends.is_empty();
                    self.awaited.extend(ends);
                }
                if let Some(stand) = self.alive.get_mut(task) {
                    stand.wait = Some((at, on.clone(), *line));
                }
            }
            What::End { task } => {
                (self.over, self.root) = (true, Some(*task));
                for (waits, stand) in &self.alive {
                    let Some((_, Some(on), line)) = &stand.wait else { continue };
                    let ends = on.iter().flat_map(On::parts).filter_map(On::ends);
                    self.kept.extend(ends.flat_map(|(of, _)| of).map(|of| (*of, (*waits, *line))));
                }
            }
            What::Cancel { task, how, by, set } => {
                let dropped = *how == How::Drop;
                if let Some(stand) = self.alive.get_mut(task) {
                    // Aborted right before the end, it is dropped after it.
                    if !stand.stopped && (*set || self.over && by.is_none()) {
                        let root = self.root;
                        let stand = Stand { ended: at, dropped, set: *set, root, ..stand.clone() };
                        self.left.push((*task, stand));
                    }
                    stand.stopped = true;
                }
                if dropped {
                    self.alive.remove(task);
                }
            }
            What::Ready { task } | What::Panic { task, .. } | What::Cancelled { task } => {
                self.alive.remove(task);
            }
            _ => {}
        }
    }

    /// Those whose end somebody waited for, as far as is known.
    pub(super) fn awaited(&self) -> &BTreeSet<TaskId> {
        &self.awaited
    }

    /// Whether somebody waited for its end who went round in an endless loop, or for
    /// the end of somebody who did.
    fn is_of_a_loop(&self, task: TaskId, cast: &Cast<'_>) -> bool {
        let (mut task, mut seen) = (task, BTreeSet::new());
        while let Some((waits, line)) = self.kept.get(&task) {
            if line.is_some_and(|line| cast.loops.around(line)) {
                return true;
            }
            // In a circle nobody does.
            if !seen.insert(task) {
                return false;
            }
            task = *waits;
        }
        false
    }

    /// What was found; `dead` are those of whom it is known why they did not end.
    pub(super) fn finish(self, dead: &[TaskId], cast: &Cast<'_>) -> Vec<Finding> {
        let names = cast.names();
        // Tasks of one name that stand at one line are one finding.
        type Key = (bool, bool, String, Option<Line>, Option<String>, bool, Option<TaskId>);
        let mut groups: BTreeMap<Key, Vec<&(TaskId, Stand)>> = BTreeMap::new();
        for left in &self.left {
            let (task, stand) = left;
            let (on, line) = match &stand.wait {
                Some((_, on, line)) => (on.as_deref(), *line),
                None => (None, None),
            };
            let serves = on.is_some_and(|on| on.iter().any(On::serves));
            let on = on.map(|on| waits(on, &names, cast.language));
            let endless = line.is_some_and(|line| cast.loops.around(line));
            let awaited = self.awaited.contains(task);
            let serves = serves && (!awaited || self.is_of_a_loop(*task, cast));
            if dead.contains(task) || stand.polled && (serves || endless) {
                continue;
            }
            let name = cast.plain(*task).to_owned();
            let key = (stand.set, stand.polled, name, line, on, awaited, stand.root);
            groups.entry(key).or_default().push(left);
        }
        // In the order in which they came, whatever they are called.
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(_, left)| left[0].0);
        let mut found = Vec::new();
        for ((set, polled, _, line, on, awaited, root), left) in groups {
            let who = names.row(left.iter().map(|(task, _)| *task));
            let were = if left.len() == 1 { "was" } else { "were" };
            let them = if left.len() == 1 { "it" } else { "them" };
            let end = root.map_or("main".into(), |root| names.said(root));
            let evidence = left
                .iter()
                .flat_map(|(_, stand)| [stand.spawned.0, stand.ended])
                .take(16)
                .collect();
            let its = if left.len() == 1 { "its" } else { "their" };
            if !polled {
                let mut lines: Vec<Line> =
                    left.iter().filter_map(|(_, stand)| stand.spawned.1).collect();
                lines.dedup();
                let at = cast.at_lines(&lines);
                found.push(Finding {
                    kind: if set { Kind::SetDropped } else { Kind::NeverRan },
                    says: match set {
                        true => format!(
                            "{who}{at} never ran: {its} JoinSet was dropped before {its} first turn"
                        ),
                        false => {
                            format!("{who}{at} never ran: {end} was done before {its} first turn")
                        }
                    },
                    lines,
                    evidence,
                });
                continue;
            }
            let ended = if left[0].1.dropped { "dropped" } else { "cancelled" };
            let waits = match (on, cast.at(line)) {
                (Some(on), at) => format!(", still waiting for {on}{at}"),
                (None, at) => at,
            };
            if set {
                found.push(Finding {
                    kind: Kind::SetDropped,
                    says: format!(
                        "{who} {were} dropped unfinished with {its} JoinSet{waits}: nobody had \
                         asked the set for anything"
                    ),
                    lines: line.into_iter().collect(),
                    evidence,
                });
                continue;
            }
            let keepers: BTreeSet<TaskId> =
                left.iter().filter_map(|(task, _)| Some(self.kept.get(task)?.0)).collect();
            let why = match (awaited, self.unknown) {
                (false, false) => format!(": nothing awaited {them}"),
                (false, true) => String::new(),
                _ if !keepers.is_empty() => {
                    format!(": {} still awaited {them}", names.row(keepers.into_iter()))
                }
                (true, _) => format!(": whoever awaited {them} had given up"),
            };
            found.push(Finding {
                kind: Kind::Unfinished,
                says: format!("{who} {were} {ended} unfinished at the end of {end}{waits}{why}"),
                lines: line.into_iter().collect(),
                evidence,
            });
        }
        found
    }
}
