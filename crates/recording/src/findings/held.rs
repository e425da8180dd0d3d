//! The thread, held: a task that does not give it back while a timer is due or
//! another task could run.
//!
//! What counts as held is 10 ms on virtual time, where computing takes none,
//! and 100 ms on the machine's clock; shorter ones, and those that make nobody
//! late by as much, are no finding.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use super::cast::Cast;
use super::finding::{At, Finding};
use super::kind::Kind;
use crate::event::{By, Clock, Event, Header, How, Language, Line, Source, TaskId, Trouble, What};
use crate::names::Names;
use crate::session::Ending;
use crate::thread::Thread;
use crate::words::{count, duration, round};

/// Who has the thread for so long on the machine's clock when it is stopped, and
/// nothing to tell, does not give it back.
const SILENT: Duration = Duration::from_millis(250);

/// As many holds are remembered for those who are found to be late.
const RECENT: usize = 64;

/// As many of the events that prove it are named.
const EVIDENCE: usize = 8;

/// Who held the thread when, and who was late.
#[derive(Debug)]
pub struct Holds {
    real: bool,
    /// Whether what holds the thread may be no task's: a callback of asyncio's loop.
    callbacks: bool,
    /// Whether a line where the thread was held is always told.
    sampled: bool,
    /// Whether there are several threads.
    several: bool,
    /// What counts, in µs.
    least: u64,
    now: u64,
    /// The polls under way, on each thread the outermost first.
    running: Vec<Poll>,
    /// Since when a task could run, and the event that says so.
    ready: BTreeMap<TaskId, (u64, At)>,
    /// When the timers of a task are due.
    timers: BTreeMap<TaskId, Vec<u64>>,
    recent: VecDeque<Hold>,
    places: BTreeMap<(Option<Line>, String), Place>,
}

#[derive(Clone, Copy, Debug)]
struct Poll {
    task: TaskId,
    line: Option<Line>,
    /// How long it has had the thread.
    spent: u64,
    /// The longest blocking call in it.
    block: Option<(u64, Option<Line>)>,
    began: u64,
    at: At,
    /// The thread that it is on, of several.
    on: Option<u32>,
    /// Since when it holds that, for how long and where, if this is the last that was
    /// told of it.
    kept: Option<(u64, u64, Option<Line>)>,
}

#[derive(Clone, Debug)]
struct Hold {
    place: (Option<Line>, String),
    /// None of what no task did.
    by: Option<TaskId>,
    from: u64,
    until: u64,
}

/// All holds of tasks of one name at one line.
#[derive(Debug, Default)]
struct Place {
    times: usize,
    by: BTreeSet<TaskId>,
    longest: u64,
    /// By how much each was late at most.
    late: BTreeMap<TaskId, u64>,
    /// The same of what other threads had asked the loop for, or none but its own.
    calls: BTreeMap<Option<Thread>, u64>,
    evidence: Vec<At>,
}

impl Poll {
    fn new(task: TaskId, line: Option<Line>, at: At, on: Option<u32>) -> Self {
        Poll { task, line, spent: 0, block: None, began: at.t, at, on, kept: None }
    }
}

impl Holds {
    /// Of such a run.
    pub fn new(header: &Header) -> Self {
        let real = header.clock == Clock::Real;
        Holds {
            real,
            callbacks: header.language == Language::Python,
            sampled: real && header.language == Language::Python,
            several: header.workers.is_some(),
            least: if real { 100_000 } else { 10_000 },
            now: 0,
            running: Vec::new(),
            ready: BTreeMap::new(),
            timers: BTreeMap::new(),
            recent: VecDeque::new(),
            places: BTreeMap::new(),
        }
    }

    /// Takes the event that is the `at`.
    pub(super) fn see(&mut self, at: At, event: &Event, cast: &Cast<'_>) {
        let passed = event.t.saturating_sub(self.now);
        self.now = self.now.max(event.t);
        let on = event.worker;
        if let Some(poll) = self.running.last_mut() {
            poll.spent += passed;
        }
        if let Some(poll) = self.running.iter_mut().rfind(|poll| poll.on == on) {
            poll.kept = match event.what {
                What::Block { us, line, .. } => Some((event.t, us, line)),
                _ => None,
            };
        }
        if self.several {
            return self.see_of_several(at, event);
        }
        match &event.what {
            What::Spawn { task, .. } => {
                self.ready.insert(*task, (event.t, at));
            }
            What::Wake { task, by } => {
                self.ready.insert(*task, (event.t, at));
                if *by == By::Source(Source::Timer) {
                    self.fired(*task, at);
                }
            }
            What::Poll { task, line, .. } => {
                if let Some((since, woken)) = self.ready.remove(task) {
                    self.waited(*task, since, woken);
                }
                let (task, line) = (*task, *line);
                self.running.push(Poll::new(task, line, at, on));
            }
            What::Timer { task: Some(task), us, .. } => {
                self.timers.entry(*task).or_default().push(event.t.saturating_add(*us));
            }
            What::Block { task: Some(task), us, line, .. } => {
                if let Some(poll) = self.running.iter_mut().rfind(|poll| poll.task == *task)
                    && poll.block.is_none_or(|(longest, _)| longest < *us)
                {
                    poll.block = Some((*us, *line));
                }
            }
            What::Block { task: None, us, line: Some(line), .. }
                if self.callbacks && self.running.is_empty() && *us >= self.least =>
            {
                let place = (Some(*line), String::new());
                let until = event.t.saturating_add(*us);
                self.held(Hold { place, by: None, from: event.t, until }, *us, &[at]);
            }
            What::Trouble { what: Trouble::Late, thread, us: Some(us), .. } => {
                self.called(thread.as_ref(), at.t.saturating_sub(*us), at);
            }
            What::Pending { task, .. } => self.gives_back(*task, at, cast),
            What::Ready { task }
            | What::Panic { task, .. }
            | What::Cancelled { task }
            | What::Cancel { task, how: How::Drop, .. } => {
                self.gives_back(*task, at, cast);
                self.ready.remove(task);
                self.timers.remove(task);
            }
            _ => {}
        }
    }

    /// Of several threads it is only seen who keeps one for good.
    fn see_of_several(&mut self, at: At, event: &Event) {
        match &event.what {
            What::Poll { task, line, .. } => {
                self.running.push(Poll::new(*task, *line, at, event.worker));
            }
            What::Pending { task, .. }
            | What::Ready { task }
            | What::Panic { task, .. }
            | What::Cancel { task, how: How::Drop, .. } => {
                self.running.retain(|poll| poll.task != *task);
            }
            _ => {}
        }
    }

    fn gives_back(&mut self, task: TaskId, at: At, cast: &Cast<'_>) {
        let Some(found) = self.running.iter().rposition(|poll| poll.task == task) else { return };
        let poll = self.running[found];
        self.running.truncate(found);
        if poll.spent < self.least {
            return;
        }
        // Where a poll goes on is not where it stays, but it is near.
        let from = if self.sampled { None } else { poll.line };
        let line = poll.block.map_or(from, |(_, line)| line.or(from));
        let place = (line, cast.plain(task).to_owned());
        let hold = Hold { place, by: Some(task), from: poll.began, until: self.now };
        self.held(hold, poll.spent, &[poll.at, at]);
    }

    /// Somebody held the thread, for so many µs, as these events prove.
    fn held(&mut self, hold: Hold, us: u64, evidence: &[At]) {
        let place = self.places.entry(hold.place.clone()).or_default();
        place.times += 1;
        place.by.extend(hold.by);
        place.longest = place.longest.max(us);
        if place.evidence.len() < EVIDENCE {
            place.evidence.extend(evidence);
        }
        self.recent.push_back(hold);
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
    }

    /// A timer wakes `task`: late, if the thread was held when it was due.
    fn fired(&mut self, task: TaskId, at: At) {
        let Some(timers) = self.timers.get_mut(&task) else { return };
        let now = self.now;
        let Some(due) = timers.iter().copied().filter(|due| *due <= now).max() else { return };
        timers.retain(|due| *due > now);
        let hold = self.recent.iter().rfind(|hold| (hold.from..hold.until).contains(&due));
        if let Some(hold) = hold.cloned() {
            self.late(&hold.place, task, now - due, at);
        }
    }

    /// `task` gets the thread that it could have used since then.
    fn waited(&mut self, task: TaskId, since: u64, woken: At) {
        for (place, by) in self.since(since, Some(task)) {
            self.late(&place, task, by, woken);
        }
    }

    /// What a thread has asked for since then is done now.
    fn called(&mut self, thread: Option<&Thread>, since: u64, at: At) {
        for (place, by) in self.since(since, None) {
            if let Some(place) = self.places.get_mut(&place).filter(|_| by >= self.least) {
                let most = place.calls.entry(thread.cloned()).or_default();
                *most = by.max(*most);
                if place.evidence.len() < 2 * EVIDENCE {
                    place.evidence.push(at);
                }
            }
        }
    }

    /// Where others than `task` held the thread since then, and for how long.
    fn since(&self, since: u64, task: Option<TaskId>) -> BTreeMap<(Option<Line>, String), u64> {
        let mut late: BTreeMap<(Option<Line>, String), u64> = BTreeMap::new();
        let others = |hold: &&Hold| (task.is_none() || hold.by != task) && hold.until > since;
        for hold in self.recent.iter().filter(others) {
            let by = hold.until.min(self.now).saturating_sub(hold.from.max(since));
            *late.entry(hold.place.clone()).or_default() += by;
        }
        late
    }

    fn late(&mut self, place: &(Option<Line>, String), task: TaskId, by: u64, at: At) {
        if by < self.least {
            return;
        }
        let Some(place) = self.places.get_mut(place) else { return };
        let most = place.late.entry(task).or_default();
        *most = by.max(*most);
        if place.evidence.len() < 2 * EVIDENCE {
            place.evidence.push(at);
        }
    }

    fn time(&self, us: u64) -> String {
        if self.real { format!("about {}", duration(round(us))) } else { duration(us) }
    }

    /// The polls that never end in a run that ended so, `silent` for that long
    /// before, and since when.
    fn for_good(&self, ending: &Ending, silent: Duration) -> Vec<(&Poll, Duration)> {
        if ending.is_complete() {
            return Vec::new();
        }
        let since = |t: u64| Duration::from_micros(self.now - t) + silent;
        let kept = self.running.iter().filter_map(|poll| {
            let (t, us, _) = poll.kept?;
            Some((poll, since(t).max(Duration::from_micros(us))))
        });
        let is_long = |long: Duration| *ending == Ending::Stuck || long >= SILENT;
        let kept: Vec<_> = kept.filter(|(_, long)| is_long(*long)).collect();
        match self.running.last() {
            // One that still had something to tell was only cut off in a poll. Of
            // several threads another may have told it.
            Some(poll) if kept.is_empty() && is_long(silent) && !self.several => {
                vec![(poll, silent)]
            }
            _ => kept,
        }
    }

    /// Whether a poll never ends in a run that ended so, `silent` for that long
    /// before.
    pub(super) fn is_for_good(&self, ending: &Ending, silent: Duration) -> bool {
        !self.for_good(ending, silent).is_empty()
    }

    /// What was found; of those that spin it is said elsewhere.
    pub(super) fn finish(
        self,
        ending: &Ending,
        silent: Duration,
        spins: &[TaskId],
        cast: &Cast<'_>,
    ) -> Vec<Finding> {
        let names = cast.names();
        let mut found: Vec<Finding> = Vec::new();
        for (poll, long) in self.for_good(ending, silent) {
            if spins.contains(&poll.task) {
                continue;
            }
            let who = names.said(poll.task);
            let kept = poll.kept.and_then(|(.., line)| line);
            let from = cast
                .shown(poll.line)
                .map_or(String::new(), |line| format!(", from {} on,", line.words()));
            let from = cast.shown(kept).map_or(from, |line| format!(", at {},", line.words()));
            let long = match long >= SILENT {
                true => {
                    format!(" has had the thread for {}", duration(round(long.as_micros() as u64)))
                }
                false => " has the thread".to_owned(),
            };
            let step = if cast.language == Language::Rust { "poll" } else { "step" };
            found.push(Finding {
                kind: Kind::Held,
                says: format!(
                    "{who}{from}{long} and does not give it back: its last {step} never ended"
                ),
                lines: kept.or(poll.line).into_iter().collect(),
                evidence: vec![poll.at],
            });
        }
        for ((line, _), place) in &self.places {
            let mut late = Vec::new();
            late.extend(self.tasks_late(place, &names));
            late.extend(self.calls_late(place));
            if let Some(us) = place.calls.get(&None) {
                let late_by = self.time(*us);
                late.push(format!("what it asked the loop for itself was late by {late_by}"));
            }
            if late.is_empty() {
                continue;
            }
            let by = place.by.iter().copied();
            let who = match (cast.shown(*line), names.row(by)) {
                (Some(line), name) if name.is_empty() => line.words(),
                (Some(line), name) => format!("{} (in {name})", line.words()),
                (None, name) => name,
            };
            let long = match place.times {
                1 => format!("for {}", self.time(place.longest)),
                times => {
                    format!("{}, up to {} each", count(times, "time"), self.time(place.longest))
                }
            };
            found.push(Finding {
                kind: Kind::Held,
                says: format!("{who} held the thread {long}: {}", late.join(", ")),
                lines: line.iter().copied().collect(),
                evidence: place.evidence.clone(),
            });
        }
        found
    }

    /// The tasks that were late: `a and b were late by up to 20 ms`.
    fn tasks_late(&self, place: &Place, names: &Names) -> Option<String> {
        let most = place.late.values().max()?;
        let late: Vec<TaskId> = place.late.keys().copied().collect();
        // Another branch of the same task, or a timer that it keeps.
        let own = late.iter().all(|task| place.by.contains(task)) && late.len() == 1;
        let of = if own { "another timer of " } else { "" };
        let were = if late.len() == 1 { "was" } else { "were" };
        let up = if late.len() == 1 && place.times == 1 { "" } else { "up to " };
        Some(format!("{of}{} {were} late by {up}{}", names.row(late), self.time(*most)))
    }

    /// The calls of other threads that were.
    fn calls_late(&self, place: &Place) -> Option<String> {
        let calls = place.calls.iter().filter_map(|(thread, us)| Some((thread.as_ref()?, *us)));
        let (threads, late): (Vec<&Thread>, Vec<u64>) = calls.unzip();
        let (most, n) = (late.into_iter().max()?, threads.len());
        let threads = if n == 1 { threads[0].words().into_owned() } else { count(n, "thread") };
        Some(format!("what {threads} asked the loop for was late by {}", self.time(most)))
    }
}
