//! Who waits for whom: tasks that wait in a circle, and at the end those that
//! nobody is left to wake.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::Cast;
use super::finding::{At, Finding};
use super::kind::Kind;
use crate::event::{By, Event, Header, How, Line, ResourceId, Source, TaskId, What};
use crate::names::Names;
use crate::on::{Held, On, Room};
use crate::run::{Run, State};
use crate::session::Ending;
use crate::waits::is_qualified;

/// As many of those who wait are named.
const MOST: usize = 4;

/// Who waits, and the circles that were found.
#[derive(Debug, Default)]
pub struct Waits {
    waiting: BTreeMap<TaskId, Wait>,
    /// Who has what somebody waits for, by the last that was told of it.
    held: BTreeMap<ResourceId, Vec<Held>>,
    circles: Vec<Circle>,
    /// Who took something out of a channel or a queue, as far as is known: who
    /// waited for a message of it, or woke who waited for room in it.
    takers: BTreeMap<ResourceId, BTreeSet<TaskId>>,
    /// Who was cancelled, when and by whom.
    cancelled: BTreeMap<TaskId, (At, Option<By>)>,
    /// Who has ended, how and when.
    ended: BTreeMap<TaskId, (End, At)>,
    /// One thread runs at a time: who has what is known.
    one_thread: bool,
}

#[derive(Clone, Debug)]
struct Wait {
    at: At,
    on: Option<Vec<On>>,
    line: Option<Line>,
}

impl Wait {
    /// Whether it waits for other things only for so long.
    fn is_timed(&self) -> bool {
        self.on.iter().flatten().any(|on| matches!(on, On::Time { .. }))
    }
}

/// How a task ended, and where it failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct End {
    failed: bool,
    line: Option<Line>,
}

/// Tasks that wait for each other.
#[derive(Debug)]
struct Circle {
    links: Vec<Link>,
    /// Everybody who could run has had a turn since, and has not broken it.
    is_settled: bool,
    /// Somebody in it was told to stop, or had waited for long enough: that it is over
    /// then does not say that it was none.
    is_over: bool,
}

/// A task of a circle, and why it waits for the next.
#[derive(Clone, Debug)]
struct Link {
    task: TaskId,
    wait: Wait,
    /// What the next one has; none where it is the next one's end.
    held: Option<(On, Held)>,
}

impl Circle {
    /// Whether a task is one of it.
    fn has(&self, task: TaskId) -> bool {
        self.links.iter().any(|link| link.task == task)
    }

    /// Whether what a link is about has gone on to somebody else, now that these
    /// have the resource.
    fn is_broken_by(&self, resource: ResourceId, now: &[Held]) -> bool {
        let has_still = |before: &Held| {
            now.iter().any(|held| {
                (held.task, held.line, held.handed) == (before.task, before.line, before.handed)
            })
        };
        self.links
            .iter()
            .filter_map(|link| link.held.as_ref())
            .any(|(on, before)| on.resource() == Some(resource) && !has_still(before))
    }

    /// Whether a link is about a future that its task does not poll: the task may
    /// have given it to another one, which has not begun.
    fn is_about_a_future(&self) -> bool {
        self.links.iter().any(|link| link.held.as_ref().is_some_and(|(_, held)| held.handed))
    }

    /// Whether it is none as long as anybody is left: another task may have the future
    /// that is not polled, or add permits to the semaphore.
    fn is_of_all(&self) -> bool {
        let held = self.links.iter().filter_map(|link| link.held.as_ref());
        held.into_iter().any(|(on, held)| !held.is_firm() || matches!(on, On::Permit { .. }))
    }
}

/// Tasks that took something at one line, and what became of it.
type Group = ((Option<Line>, Fate), Vec<TaskId>);

/// What became of something that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Whoever took it has it.
    Kept,
    /// It still had it when it ended.
    Left(End),
    /// It has forgotten it.
    Forgotten,
}

impl Waits {
    pub(super) fn new(header: &Header) -> Self {
        Waits { one_thread: header.workers.is_none(), ..Waits::default() }
    }

    /// Takes the event that is the `at`, after which the run is so.
    pub(super) fn see(&mut self, at: At, event: &Event, run: &Run) {
        match &event.what {
            What::Pending { task, on, line, .. } if self.one_thread => {
                for on in on.iter().flatten().flat_map(On::parts) {
                    if let Some(resource) = on.resource() {
                        self.held.insert(resource, on.held().to_vec());
                    }
                    if let On::Message { resource: Some(from) } = on {
                        self.takers.entry(*from).or_default().insert(*task);
                    }
                }
                // Who was woken while it was polled has another turn.
                if run.task(*task).is_some_and(|task| task.state == State::Waiting) {
                    self.waiting.insert(*task, Wait { at, on: on.clone(), line: *line });
                    self.look(*task);
                }
            }
            What::Hold { resource, held } => {
                self.held.insert(*resource, held.clone());
                self.circles
                    .retain(|circle| circle.is_over || !circle.is_broken_by(*resource, held));
            }
            What::Wake { task, by } => {
                let wait = self.waiting.remove(task);
                if let (Some(wait), By::Task(by)) = (&wait, by) {
                    for from in wait.on.iter().flatten().filter_map(room) {
                        self.takers.entry(from).or_default().insert(*by);
                    }
                }
                if *by == By::Source(Source::Timer) && wait.is_some_and(|wait| wait.is_timed()) {
                    self.is_over(*task);
                }
                // So it was none.
                self.circles.retain(|circle| circle.is_over || !circle.has(*task));
            }
            What::Cancel { task, how: How::Throw, by, .. } => {
                self.is_over(*task);
                self.cancelled.insert(*task, (at, *by));
            }
            What::Poll { task, .. }
            | What::Ready { task }
            | What::Panic { task, .. }
            | What::Cancelled { task }
            | What::Cancel { task, how: How::Drop, .. } => {
                self.waiting.remove(task);
                let end = match &event.what {
                    What::Poll { .. } => return,
                    What::Cancel { by, .. } => {
                        self.cancelled.insert(*task, (at, *by));
                        End::default()
                    }
                    What::Panic { line, .. } => End { failed: true, line: *line },
                    _ => End::default(),
                };
                self.ended.insert(*task, (end, at));
            }
            _ => {}
        }
        // A poll is over, and nobody is left who could have one.
        let is_over = matches!(event.what, What::Pending { .. } | What::Ready { .. });
        if is_over && !run.is_anybody_woken() {
            for circle in &mut self.circles {
                circle.is_settled = true;
            }
        }
    }

    /// The circles that a task is in are over, for it does not wait for ever.
    fn is_over(&mut self, task: TaskId) {
        for circle in self.circles.iter_mut().filter(|circle| circle.has(task)) {
            circle.is_over = true;
        }
    }

    /// Looks for a circle that `first` waits in, or leads to.
    fn look(&mut self, first: TaskId) {
        let Some(mut circle) = self.circle(first, &mut Vec::new()) else { return };
        let lowest = (0..circle.len()).min_by_key(|i| circle[*i].task);
        circle.rotate_left(lowest.unwrap_or(0));
        // Who waits for a member of a circle is in none of his own.
        if self.circles.iter().all(|known| known.links[0].task != circle[0].task) {
            self.circles.push(Circle { links: circle, is_settled: false, is_over: false });
        }
    }

    fn circle(&self, task: TaskId, path: &mut Vec<Link>) -> Option<Vec<Link>> {
        if let Some(start) = path.iter().position(|link| link.task == task) {
            return Some(path[start..].to_vec());
        }
        let wait = self.waiting.get(&task)?;
        for (next, held) in self.blockers(wait) {
            path.push(Link { task, wait: wait.clone(), held });
            let found = self.circle(next, path);
            if found.is_some() {
                return found;
            }
            path.pop();
        }
        self.circle_of_all(task, wait, path)
    }

    /// The circle of a task that the end of one of several would help, each of
    /// which waits for it.
    fn circle_of_all(&self, task: TaskId, wait: &Wait, path: &mut Vec<Link>) -> Option<Vec<Link>> {
        let Some([On::Tasks { of, all: false, calls: 0 }]) = wait.on.as_deref() else {
            return None;
        };
        let mut circle: Vec<Link> = Vec::new();
        path.push(Link { task, wait: wait.clone(), held: None });
        for one in of {
            let found = self.circle(*one, path);
            // One that hangs for other reasons is told by itself.
            let Some(found) = found.filter(|links| links.iter().any(|link| link.task == task))
            else {
                path.pop();
                return None;
            };
            let is_new = |link: &Link| circle.iter().all(|known| known.task != link.task);
            let new: Vec<Link> = found.into_iter().filter(is_new).collect();
            circle.extend(new);
        }
        path.pop();
        (!circle.is_empty()).then_some(circle)
    }

    /// The tasks each of which keeps another from going on: as long as one of
    /// them does not, it does not either.
    fn blockers(&self, wait: &Wait) -> Vec<(TaskId, Option<(On, Held)>)> {
        let parts = wait.on.iter().flatten().flat_map(On::parts);
        let mut parts: Vec<&On> =
            parts.filter(|on| !matches!(on, On::All { .. } | On::Any { .. })).collect();
        // The end of a task that stands in the program's own code, with a timeout: what
        // keeps that task is kept from it until then. To try for a lock that way is none
        // of the program's code, and means to be over by the timeout.
        let stands = |task: &TaskId| self.waiting.get(task).is_some_and(|wait| wait.line.is_some());
        let is_task = |on: &On| on.ends().is_some_and(|(of, _)| of.len() == 1 && stands(&of[0]));
        if parts.len() == 2 && is_task(parts[0]) && matches!(parts[1], On::Time { .. }) {
            parts.truncate(1);
        }
        // So do branches that wait for several locks, each of which has one: together
        // they hang until the timeout, and no other task can help.
        if let Some([On::All { on: branches }, On::Time { .. }]) = wait.on.as_deref()
            && branches.len() > 1
            && branches.iter().all(|on| matches!(on, On::Lock { .. }))
            && branches.iter().zip(&branches[1..]).all(|(a, b)| a.resource() != b.resource())
        {
            parts.retain(|on| !matches!(on, On::Time { .. }));
        }
        let blockers = |on: &On| match on {
            On::Lock { .. } | On::Cell { .. } | On::Permit { .. } => {
                let held = on.resource().and_then(|resource| self.held.get(&resource));
                // Where no number is known, what was said with it.
                let held = held.map_or(on.held(), Vec::as_slice).iter();
                let firm = held.clone().filter(|held| held.is_firm() || is_left(held));
                let by = |held: &Held| Some((held.task?, Some((on.clone(), held.clone()))));
                let by: Vec<_> = firm.filter_map(by).collect();
                // A semaphore gives a permit when any of those that have one does.
                let is_one = by.len() == held.len() && by.iter().all(|(task, _)| *task == by[0].0);
                match on {
                    On::Permit { .. } if is_one => by.into_iter().take(1).collect(),
                    On::Permit { .. } => Vec::new(),
                    _ => by,
                }
            }
            // Of several ends all are needed.
            _ => match on.ends() {
                Some((of, true)) => of.iter().map(|task| (*task, None)).collect(),
                _ => Vec::new(),
            },
        };
        let mut each = parts.into_iter().map(blockers);
        let Some(first) = each.next() else { return Vec::new() };
        // Of several things any would do, unless one task keeps them all.
        each.fold(first, |all, more: Vec<_>| {
            let keeps = |task| more.iter().any(|(other, _)| *other == task);
            all.into_iter().filter(|(task, _)| keeps(*task)).collect()
        })
    }

    /// What was found, and the tasks that it is about. Of those that are `told`
    /// something else is said; the `failed` did so unnoticed; where calls `starve`,
    /// for which no thread is free, that is why calls do not end.
    pub(super) fn finish(
        self,
        ending: &Ending,
        told: &[TaskId],
        failed: &[Failed],
        starve: bool,
        cast: &Cast<'_>,
    ) -> (Vec<Finding>, Vec<TaskId>) {
        let names = cast.names();
        let mut dead = told.to_vec();
        let mut found = Vec::new();
        let proven = |circle: &&Circle| {
            let is_firm = circle.is_settled || !circle.is_about_a_future();
            *ending == Ending::Stuck || is_firm && !circle.is_of_all()
        };
        for circle in self.circles.iter().filter(proven) {
            dead.extend(circle.links.iter().map(|link| link.task));
            found.push(deadlock(&circle.links, &names, cast));
        }
        if *ending != Ending::Stuck {
            return (found, dead);
        }
        for tasks in self.out_of_permits() {
            // The circle says it.
            if tasks.iter().any(|task| dead.contains(task)) {
                continue;
            }
            found.push(self.permits(&tasks, &names, cast));
            dead.extend(tasks);
        }
        let others: Vec<_> = self.waiting.iter().filter(|(task, _)| !dead.contains(task)).collect();
        // Who waits for another's end does so because that one waits, and who waits
        // for what one of a circle has because of the circle.
        let all_dead = |on: &On| match on {
            On::Tasks { of, calls: 0, .. } => {
                !of.is_empty() && of.iter().all(|task| dead.contains(task))
            }
            _ => false,
        };
        let ends =
            |wait: &Wait| matches!(wait.on.as_deref(), Some([on]) if is_end(on) || all_dead(on));
        let by_dead = |wait: &Wait| self.blockers(wait).iter().any(|(by, _)| dead.contains(by));
        let calls = |wait: &Wait| matches!(wait.on.as_deref(), Some([On::Blocking { .. }]));
        let why = |wait: &Wait| ends(wait) || by_dead(wait) || starve && calls(wait);
        let first = others.iter().copied().filter(|(_, wait)| !why(wait));
        let mut named: Vec<_> = first.collect();
        if named.is_empty() && dead.is_empty() && !starve {
            named = others;
        }
        if !named.is_empty() {
            let mut stuck = self.stuck(&named, &names, cast);
            self.miss(&named, failed, &mut stuck, &names, cast);
            self.blame(failed, &named, &mut stuck, &names, cast);
            found.push(stuck);
        }
        dead.extend(self.waiting.keys());
        (found, dead)
    }

    /// Tasks that wait for permits of one semaphore, and have all of those that
    /// are given out.
    fn out_of_permits(&self) -> Vec<Vec<TaskId>> {
        let mut by_semaphore: BTreeMap<ResourceId, Vec<TaskId>> = BTreeMap::new();
        for (task, wait) in &self.waiting {
            if let Some([On::Permit { resource: Some(resource), .. }]) = wait.on.as_deref() {
                by_semaphore.entry(*resource).or_default().push(*task);
            }
        }
        let have_all = |resource: &ResourceId, tasks: &Vec<TaskId>| {
            let held = self.held.get(resource).map(Vec::as_slice).unwrap_or_default();
            let theirs =
                |held: &Held| held.is_firm() && held.task.is_some_and(|task| tasks.contains(&task));
            !held.is_empty() && held.iter().all(theirs)
        };
        let dead = by_semaphore.into_iter().filter(|(of, tasks)| have_all(of, tasks));
        dead.map(|(_, tasks)| tasks).collect()
    }

    fn permits(&self, tasks: &[TaskId], names: &Names, cast: &Cast<'_>) -> Finding {
        let waits: Vec<(&TaskId, &Wait)> =
            tasks.iter().filter_map(|task| Some((task, self.waiting.get(task)?))).collect();
        let mut lines: Vec<Line> = waits.iter().filter_map(|(_, wait)| wait.line).collect();
        let says = waits.iter().take(MOST).map(|(task, wait)| {
            let on = cast.waits(wait.on.as_deref(), names, "a permit");
            format!("{} waits{} for {on}", names.said(**task), cast.at_line(wait.line))
        });
        let mut says: Vec<String> = says.collect();
        if waits.len() > MOST {
            says.push(format!("{} more wait", waits.len() - MOST));
        }
        let on = waits.iter().flat_map(|(_, wait)| wait.on.iter().flatten());
        let held = on.filter_map(On::resource).find_map(|resource| self.held.get(&resource));
        let held = held.map(Vec::as_slice).unwrap_or_default();
        lines.extend(held.iter().take(MOST).filter_map(|held| held.line));
        let have = held.iter().take(MOST).filter_map(|held| {
            Some(format!("{} took one{}", names.said(held.task?), cast.at_line(held.line)))
        });
        let have: Vec<String> = have.collect();
        let evidence = waits.iter().map(|(_, wait)| wait.at).collect();
        let says = format!(
            "deadlock: {}, and they have all of them: {}",
            says.join(", "),
            have.join(", ")
        );
        Finding { kind: Kind::Deadlock, says, lines, evidence }
    }

    /// Who has what a task waits for: `, which main took at line 7`.
    fn who(&self, wait: &Wait, names: &Names, cast: &Cast<'_>) -> String {
        let Some([on]) = wait.on.as_deref() else { return String::new() };
        let groups = self.holders(on);
        if groups.is_empty() || groups.len() > MOST {
            return String::new();
        }
        if let On::Work { .. } = on {
            let items = groups.iter().map(|((line, _), tasks)| {
                let items = match tasks.len() {
                    1 => "an item".to_owned(),
                    n => format!("{n} items"),
                };
                let who = names.row(tasks.iter().copied().collect::<BTreeSet<_>>());
                format!("{items} that {who} took{}", cast.at_line(*line))
            });
            let items: Vec<String> = items.collect();
            return format!(", and there was no task_done for {}", items.join(" and "));
        }
        if let On::Message { .. } = on {
            let took = groups.iter().map(|((line, fate), tasks)| {
                let (who, at) = (names.row(tasks.iter().copied()), cast.at_line(*line));
                let not = match fate {
                    Fate::Left(End { failed: true, line }) => {
                        format!("failed{} before putting it back", cast.at_line(*line))
                    }
                    Fate::Left(_) => "ended without putting it back".to_owned(),
                    Fate::Kept | Fate::Forgotten => {
                        let has = if tasks.len() == 1 { "has" } else { "have" };
                        format!("{has} not put it back")
                    }
                };
                format!("{who} took one{at} and {not}")
            });
            let took: Vec<String> = took.collect();
            return format!(": of what comes back to it {}", took.join(", and "));
        }
        let took = groups.iter().map(|((line, fate), tasks)| {
            let they = if tasks.len() == 1 { "it" } else { "they" };
            let kept = match fate {
                Fate::Kept => String::new(),
                Fate::Forgotten => " and forgot".to_owned(),
                Fate::Left(End { failed: false, .. }) => {
                    format!(" and still had when {they} ended")
                }
                Fate::Left(End { line, .. }) => {
                    format!(" and still had when {they} failed{}", cast.at_line(*line))
                }
            };
            let (who, at) = (names.row(tasks.iter().copied()), cast.at_line(*line));
            match on {
                On::Cell { .. } => format!("{who} is to set{at}"),
                _ => format!("{who} took{at}{kept}"),
            }
        });
        let took: Vec<String> = took.collect();
        format!(", which {}", took.join(", and "))
    }

    /// The tasks that have what is waited for, if all of those are known: by where they
    /// took it, and how they ended with it.
    fn holders(&self, on: &On) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        if !matches!(
            on,
            On::Lock { .. }
                | On::Permit { .. }
                | On::Cell { .. }
                | On::Work { .. }
                | On::Message { .. }
        ) {
            return groups;
        }
        let held = on.resource().and_then(|resource| self.held.get(&resource));
        let is_message = matches!(on, On::Message { .. });
        let waits_for = |wait: &Wait, on: &On| wait.on.iter().flatten().any(|other| other == on);
        // What is to be worked off is not lent.
        let work = On::Work { resource: on.resource() };
        if is_message && self.waiting.values().any(|wait| waits_for(wait, &work)) {
            return groups;
        }
        // Who asks a queue for more may well be done with what it had.
        let asks = |task: &TaskId| {
            is_message && self.waiting.get(task).is_some_and(|wait| waits_for(wait, on))
        };
        let is_work = matches!(on, On::Work { .. });
        for held in held.map_or(on.held(), Vec::as_slice) {
            let Some(task) = held.task.filter(|task| !held.handed && !asks(task)) else {
                return Vec::new();
            };
            // What has been moved is another's, who may go on.
            let fate = match self.ended.get(&task).filter(|_| !held.loose) {
                _ if held.forgotten => Fate::Forgotten,
                Some((end, _)) => Fate::Left(*end),
                None => Fate::Kept,
            };
            match groups.iter_mut().find(|(known, _)| *known == (held.line, fate)) {
                // Items are counted, permits are not.
                Some((_, tasks)) if !is_work && tasks.contains(&task) => {}
                Some((_, tasks)) => tasks.push(task),
                None => groups.push(((held.line, fate), vec![task])),
            }
        }
        groups
    }

    /// The tasks whose end somebody waits for.
    pub(super) fn awaited(&self) -> BTreeSet<TaskId> {
        let on = self.waiting.values().flat_map(|wait| wait.on.iter().flatten());
        on.flat_map(On::parts).filter_map(On::ends).flat_map(|(of, _)| of.to_vec()).collect()
    }

    /// Adds why nobody makes room where some wait for it, or works a queue off, if that
    /// is known of everybody who ever took something out. Of those who `failed`
    /// unnoticed it is said elsewhere.
    fn miss(
        &self,
        waiting: &[(&TaskId, &Wait)],
        failed: &[Failed],
        stuck: &mut Finding,
        names: &Names,
        cast: &Cast<'_>,
    ) {
        let on = waiting.iter().flat_map(|(_, wait)| wait.on.iter().flatten());
        let on: Vec<&On> = on.filter(|on| room(on).is_some()).collect();
        let full: BTreeSet<ResourceId> = on.iter().filter_map(|on| room(on)).collect();
        for from in full {
            let mut takers = self.takers.get(&from).cloned().unwrap_or_default();
            // Whoever took an item without waiting for it.
            let worked = on.iter().filter(|on| matches!(on, On::Work { .. }));
            let holders =
                worked.filter(|on| room(on) == Some(from)).flat_map(|on| self.holders(on));
            takers.extend(holders.flat_map(|(_, tasks)| tasks));
            let told = |task: &TaskId| waiting.iter().any(|(other, _)| *other == task);
            let blamed = |task: &TaskId| failed.iter().any(|(other, ..)| other == task);
            let does = |task: &TaskId| {
                let who = format!("{}, which took from it,", names.said(*task));
                if let Some(wait) = self.waiting.get(task) {
                    let on = cast.waits(wait.on.as_deref(), names, "something that is not known");
                    return Some((format!("{who} waits for {on}{}", cast.at(wait.line)), wait.at));
                }
                let (end, over) = self.ended.get(task)?;
                if end.failed {
                    return Some((format!("{who} failed{}", cast.at_line(end.line)), *over));
                }
                let Some((at, by)) = self.cancelled.get(task) else {
                    return Some((format!("{who} has ended"), *over));
                };
                let by = match by {
                    Some(By::Task(by)) if by != task => format!(" by {}", names.said(*by)),
                    _ => String::new(),
                };
                Some((format!("{who} was cancelled{by}"), *at))
            };
            let does: Option<Vec<_>> = takers.iter().map(does).collect();
            let Some(does) = does.filter(|_| takers.len() <= MOST) else { continue };
            let does = does.iter().zip(&takers).filter(|(_, task)| !told(task) && !blamed(task));
            for ((says, at), _) in does {
                stuck.says += &format!("; {says}");
                stuck.evidence.push(*at);
            }
        }
    }

    /// Adds those who failed unnoticed: they may be who would have woken somebody.
    fn blame(
        &self,
        failed: &[Failed],
        waiting: &[(&TaskId, &Wait)],
        stuck: &mut Finding,
        names: &Names,
        cast: &Cast<'_>,
    ) {
        // Of who kept what is waited for it is said already.
        let kept = |task: TaskId| {
            waiting.iter().any(|(_, wait)| {
                let on = wait.on.iter().flatten().filter(|on| !matches!(on, On::Work { .. }));
                on.flat_map(|on| self.holders(on)).any(|(_, tasks)| tasks.contains(&task))
            })
        };
        let failed: Vec<&Failed> = failed.iter().filter(|(task, ..)| !kept(*task)).collect();
        if failed.is_empty() {
            return;
        }
        let who = failed.iter().take(MOST).map(|(task, line, at)| {
            stuck.lines.extend(line);
            stuck.evidence.push(*at);
            format!("{} failed{}", names.said(*task), cast.at_line(*line))
        });
        let mut who: Vec<String> = who.collect();
        if failed.len() > MOST {
            who.push(format!("{} more did", failed.len() - MOST));
        }
        stuck.says += &format!("; this may be because {}", who.join(", "));
    }

    fn stuck(&self, waiting: &[(&TaskId, &Wait)], names: &Names, cast: &Cast<'_>) -> Finding {
        // Tasks of one name that wait for the same at one line are told together.
        let mut groups: Vec<(String, &str, Option<Line>, Vec<TaskId>)> = Vec::new();
        for (task, wait) in waiting {
            let on = cast.waits(wait.on.as_deref(), names, "something that is not known");
            let who = self.who(wait, names, cast);
            let (says, name) =
                (format!(" for {on}{}{who}", cast.at(wait.line)), cast.plain(**task));
            let same = |group: &&mut (String, &str, Option<Line>, Vec<TaskId>)| {
                (&*group.0, group.1, group.2) == (&*says, name, wait.line)
            };
            match groups.iter_mut().find(same) {
                Some((.., tasks)) => tasks.push(**task),
                None => groups.push((says, name, wait.line, vec![**task])),
            }
        }
        let say = |(says, _, _, tasks): &(String, &str, Option<Line>, Vec<TaskId>)| {
            let wait = if tasks.len() == 1 { "waits" } else { "wait" };
            format!("{} {wait}{says}", names.row(tasks.iter().copied()))
        };
        let mut says: Vec<String> = groups.iter().take(MOST).map(say).collect();
        if groups.len() > MOST {
            let more = groups[MOST..].iter().map(|(.., tasks)| tasks.len()).sum::<usize>();
            says.push(format!("and {more} more wait"));
        }
        let wakes = "nothing is left that could wake anybody";
        let too_few = too_few(waiting);
        Finding {
            kind: Kind::Stuck,
            says: format!("{wakes}: {}{too_few}", says.join(", ")),
            lines: groups.iter().take(MOST).filter_map(|(_, _, line, _)| *line).collect(),
            evidence: waiting.iter().map(|(_, wait)| wait.at).collect(),
        }
    }
}

/// Whether it was handed on to a future that nobody polls any more, once nobody runs.
fn is_left(held: &Held) -> bool {
    held.handed && held.dormant && !held.forgotten
}

/// The channel or queue in which somebody waits for room, or that it is worked off.
fn room(on: &On) -> Option<ResourceId> {
    match on {
        On::Room { of: Room::Channel | Room::Queue, resource } | On::Work { resource } => *resource,
        _ => None,
    }
}

/// How many wait at a barrier, and how many it lets go together.
fn too_few(waiting: &[(&TaskId, &Wait)]) -> String {
    let mut there: BTreeMap<(ResourceId, u32), usize> = BTreeMap::new();
    for on in waiting.iter().flat_map(|(_, wait)| wait.on.iter().flatten()) {
        if let On::Barrier { resource: Some(resource), n: Some(n) } = on {
            *there.entry((*resource, *n)).or_default() += 1;
        }
    }
    let says = there.into_iter().map(|((_, n), there)| {
        let are = if there == 1 { "is" } else { "are" };
        format!("; the barrier lets {n} go together, and {there} {are} there")
    });
    says.collect()
}

/// A task that failed, where and when.
pub(super) type Failed = (TaskId, Option<Line>, At);

/// Whether it is the end of known tasks that is waited for, and of each.
fn is_end(on: &On) -> bool {
    on.ends().is_some_and(|(_, each)| each)
}

fn deadlock(circle: &[Link], names: &Names, cast: &Cast<'_>) -> Finding {
    let mut lines = Vec::new();
    let mut says = Vec::new();
    for Link { task, wait, held } in circle {
        let (who, at) = (names.said(*task), cast.at_line(wait.line));
        lines.extend(wait.line);
        let Some((on, held)) = held else {
            if circle.len() == 1 {
                says.push(format!("{who} waits{at} for its own end"));
                continue;
            }
            let on = cast.waits(wait.on.as_deref(), names, "another");
            says.push(format!("{who} waits{at} for {on}"));
            continue;
        };
        lines.extend(held.line);
        let what = cast.waits(Some(std::slice::from_ref(on)), names, "the lock");
        let what = if is_qualified(on) { format!("{what},") } else { what.into_owned() };
        let there = cast.at_line(held.line);
        let own = held.task == Some(*task);
        let by = held.task.map_or("somebody".into(), |by| names.said(by));
        says.push(match (held.dormant || held.handed, on) {
            (true, _) if held.loose => format!(
                "{who} waits{at} for {what} that was handed on to a future, which waits for it\
                 {there} and which nobody polls any more"
            ),
            (true, _) if own => format!(
                "{who} waits{at} for {what} that was handed on to a future of its own, which \
                 waits for it{there} and which it does not poll any more"
            ),
            (true, _) => format!(
                "{who} waits{at} for {what} that was handed on to a future of {by}, which waits \
                 for it{there} and which {by} does not poll any more"
            ),
            (false, On::Cell { .. }) if own => {
                format!("{who} waits{at} for {what} that it is setting itself{there}")
            }
            (false, On::Cell { .. }) => format!("{who} waits{at} for {what} by {by}{there}"),
            (false, On::Permit { .. }) if own => {
                let there = cast.at(held.line);
                format!("{who} waits{at} for {what} while it has all that are taken itself{there}")
            }
            (false, On::Permit { .. }) => {
                let there = cast.at(held.line);
                format!("{who} waits{at} for {what} while {by} has all that are taken{there}")
            }
            (false, _) if own => {
                format!("{who} waits{at} for {what} that it took itself{there} and still has")
            }
            (false, _) => format!("{who} waits{at} for {what} that {by} took{there}"),
        });
    }
    let evidence = circle.iter().map(|link| link.wait.at).collect();
    Finding {
        kind: Kind::Deadlock,
        says: format!("deadlock: {}", says.join(", ")),
        lines,
        evidence,
    }
}
