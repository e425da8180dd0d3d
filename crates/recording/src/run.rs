//! What every task of a run is at, followed event by event: whether it has its
//! thread, waits or is over, and who has each thread.
//!
//! This is the one place that knows what an event changes. [`check`](crate::check)
//! asks it before each event whether the event may come, the story and the
//! player's moments what to tell of it, the findings who stands where. It takes
//! every event, also one that cannot be: what is wrong with it, `check` says.

use std::collections::BTreeMap;

use crate::event::{How, TaskId, What};
use crate::on::On;

/// What a task is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// It may be polled.
    #[default]
    Ready,
    /// It has a thread.
    Running,
    /// It has given the thread back, and was not woken since.
    Waiting,
    /// It is finished.
    Done,
    /// Its future was dropped.
    Dropped,
    /// It ended by `CancelledError`.
    Cancelled,
    /// A panic or an exception ended it.
    Panicked,
}

impl State {
    /// Whether no task leaves it.
    pub fn is_end(self) -> bool {
        !matches!(self, State::Ready | State::Running | State::Waiting)
    }

    /// In a word.
    pub fn kind(self) -> &'static str {
        match self {
            State::Ready => "ready",
            State::Running => "running",
            State::Waiting => "waiting",
            State::Done => "done",
            State::Dropped => "dropped",
            State::Cancelled => "cancelled",
            State::Panicked => "panicked",
        }
    }
}

/// A task, between two events.
#[derive(Clone, Debug, Default)]
pub struct Task {
    /// What it is at.
    pub state: State,
    /// What it waits for, or waited for until it was woken; none if that is not
    /// known.
    pub on: Option<Vec<On>>,
    /// Whether it was ever polled.
    pub polled: bool,
    /// Whether it is to be told, in its next step, that it is cancelled.
    pub told: bool,
    /// Whether it was woken within its own poll.
    again: bool,
    /// Its branches, by number.
    branches: Vec<usize>,
}

impl Task {
    /// Whether a spawn or a wake is there that no poll has used up.
    pub fn is_woken(&self) -> bool {
        self.state == State::Ready || self.again
    }
}

/// Who has a thread, or has lent it to who comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A task.
    Task(TaskId),
    /// A branch inside a task: its number in [`Run::branches`].
    Branch(usize),
}

/// The state of a run; its memory grows with the number of tasks, not with that
/// of events.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// By number.
    tasks: Vec<Task>,
    /// Who has each thread, the outermost first.
    threads: BTreeMap<Option<u32>, Vec<Holder>>,
    /// The branches inside tasks, in the order in which they first ran.
    branches: Vec<(TaskId, String)>,
    /// How many tasks are woken.
    woken: usize,
}

impl Run {
    /// A run of which only a part comes: so many tasks may be spawned already,
    /// and have been `polled` or not.
    pub fn within(tasks: usize, polled: impl Fn(TaskId) -> bool) -> Self {
        let woken = tasks;
        let tasks = (0..).take(tasks).map(|task| Task { polled: polled(task), ..Task::default() });
        Run { tasks: tasks.collect(), woken, ..Run::default() }
    }

    /// Whether a task is left that is to be polled, as far as is known by now.
    pub fn is_anybody_woken(&self) -> bool {
        self.woken > 0
    }

    /// All tasks, by number.
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// A task by its number, if it was spawned.
    pub fn task(&self, task: TaskId) -> Option<&Task> {
        self.tasks.get(task as usize)
    }

    /// The threads, each with who has it, the outermost first; where all tasks
    /// share one it has no number.
    pub fn threads(&self) -> impl Iterator<Item = (Option<u32>, &[Holder])> {
        self.threads.iter().map(|(thread, holders)| (*thread, holders.as_slice()))
    }

    /// Who has a thread, the outermost first.
    pub fn thread(&self, thread: Option<u32>) -> &[Holder] {
        self.threads.get(&thread).map_or(&[], Vec::as_slice)
    }

    /// The innermost task that has a thread.
    pub fn holder(&self, thread: Option<u32>) -> Option<TaskId> {
        self.thread(thread).iter().rev().find_map(|holder| match holder {
            Holder::Task(task) => Some(*task),
            Holder::Branch(_) => None,
        })
    }

    /// The branch at work inside a task that has this thread.
    pub fn at_work(&self, thread: Option<u32>, task: TaskId) -> Option<&str> {
        let mut own = self.thread(thread).iter().rev().filter_map(|holder| match holder {
            Holder::Task(one) => (*one == task).then_some(None),
            Holder::Branch(n) => {
                let (of, name) = &self.branches[*n];
                (*of == task).then_some(Some(name.as_str()))
            }
        });
        own.next()?
    }

    /// The branches inside tasks, in the order in which they first ran.
    pub fn branches(&self) -> &[(TaskId, String)] {
        &self.branches
    }

    /// The number of a branch, if it ever ran.
    pub fn branch(&self, task: TaskId, name: &str) -> Option<usize> {
        let mut own = self.task(task)?.branches.iter().copied();
        own.find(|branch| self.branches[*branch].1 == name)
    }

    /// The number of a branch of a task that was spawned, the next one if it
    /// comes for the first time.
    pub fn number(&mut self, task: TaskId, name: &str) -> Option<usize> {
        self.branch(task, name).or_else(|| {
            let next = self.branches.len();
            self.tasks.get_mut(task as usize)?.branches.push(next);
            self.branches.push((task, name.to_owned()));
            Some(next)
        })
    }

    /// Takes what happens next, on the thread of that number.
    pub fn take(&mut self, thread: Option<u32>, what: &What) {
        // An event changes what the task is at that it is about, and no other.
        let is_woken =
            |run: &Run| what.task().and_then(|task| run.task(task)).is_some_and(Task::is_woken);
        let before = is_woken(self);
        self.change(thread, what);
        self.woken = self.woken + usize::from(is_woken(self)) - usize::from(before);
    }

    fn change(&mut self, thread: Option<u32>, what: &What) {
        match what {
            What::Spawn { task, .. } => {
                let next = self.tasks.len();
                match self.tasks.get_mut(*task as usize) {
                    Some(known) => *known = Task::default(),
                    None if *task as usize == next => self.tasks.push(Task::default()),
                    None => {}
                }
            }
            What::Poll { task, .. } => {
                let Some(polled) = self.tasks.get_mut(*task as usize) else { return };
                (polled.state, polled.on) = (State::Running, None);
                (polled.polled, polled.told, polled.again) = (true, false, false);
                self.threads.entry(thread).or_default().push(Holder::Task(*task));
            }
            What::Pending { task, on, .. } => {
                self.give_back(thread, *task, State::Waiting);
                let Some(pending) = self.tasks.get_mut(*task as usize) else { return };
                pending.on.clone_from(on);
                if std::mem::take(&mut pending.again) {
                    pending.state = State::Ready;
                }
            }
            What::Wake { task, .. } => match self.tasks.get_mut(*task as usize) {
                // It is ready again once it gives the thread back.
                Some(woken) if woken.state == State::Running => woken.again = true,
                Some(woken) if !woken.state.is_end() => woken.state = State::Ready,
                _ => {}
            },
            What::Ready { task } => self.give_back(thread, *task, State::Done),
            What::Cancelled { task } => self.give_back(thread, *task, State::Cancelled),
            What::Panic { task, .. } => self.give_back(thread, *task, State::Panicked),
            What::Cancel { task, how: How::Drop, .. } => {
                self.give_back(thread, *task, State::Dropped);
            }
            What::Cancel { task, how: How::Throw, .. } => {
                if let Some(told) = self.tasks.get_mut(*task as usize) {
                    told.told = true;
                }
            }
            What::Enter { task, branch } => {
                if let Some(branch) = self.number(*task, branch) {
                    self.threads.entry(thread).or_default().push(Holder::Branch(branch));
                }
            }
            What::Leave { task, branch, .. } => {
                if let Some(branch) = self.number(*task, branch) {
                    self.leave(thread, Holder::Branch(branch));
                }
            }
            _ => {}
        }
    }

    fn give_back(&mut self, thread: Option<u32>, task: TaskId, state: State) {
        if let Some(of) = self.tasks.get_mut(task as usize) {
            of.state = state;
            self.leave(thread, Holder::Task(task));
        }
    }

    /// Takes the thread from `holder`, and from its branches within, which a
    /// panic leaves.
    fn leave(&mut self, thread: Option<u32>, holder: Holder) {
        let Some(holders) = self.threads.get_mut(&thread) else { return };
        let Some(at) = holders.iter().rposition(|one| *one == holder) else { return };
        let of = match holder {
            Holder::Task(task) => task,
            Holder::Branch(branch) => self.branches[branch].0,
        };
        let within = |one: &Holder| matches!(one, Holder::Branch(n) if self.branches[*n].0 == of);
        let mut place = 0..holders.len();
        holders.retain(|one| match place.next() {
            Some(n) if n > at => !within(one),
            n => n != Some(at),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What task 1 is at after each of the events.
    fn states(events: &str) -> Vec<&'static str> {
        let mut run = Run::within(1, |_| true);
        let event = |line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"));
        let mut state = |what: What| {
            run.take(None, &what);
            run.task(1).map_or("-", |task| task.state.kind())
        };
        events.trim().lines().map(|line| state(event(line))).collect()
    }

    #[test]
    fn a_task_woken_within_its_own_poll_is_ready_once_it_gives_the_thread_back() {
        let events = r#"
{"ev":"spawn","task":1,"name":"foo","by":0}
{"ev":"poll","task":1}
{"ev":"wake","task":1,"by":1}
{"ev":"pending","task":1,"on":[{"for":"turn"}]}
{"ev":"poll","task":1}
{"ev":"pending","task":1,"on":null}
{"ev":"wake","task":1,"by":"io"}
{"ev":"cancel","task":1,"how":"drop"}
{"ev":"wake","task":1,"by":"io"}"#;
        let running = ["ready", "running", "running", "ready", "running", "waiting", "ready"];
        assert_eq!(states(events), [&running[..], &["dropped", "dropped"]].concat());
    }

    #[test]
    fn a_panic_leaves_the_branches_of_its_task_and_no_others() {
        let mut run = Run::within(2, |_| true);
        for task in [0, 1] {
            run.take(None, &What::Poll { task, line: None, inside: None });
            run.take(None, &What::Enter { task, branch: "a".to_owned() });
        }
        assert_eq!((run.holder(None), run.at_work(None, 1)), (Some(1), Some("a")));
        run.take(None, &What::Panic { task: 1, text: String::new(), exits: false, line: None });
        assert_eq!(run.thread(None), [Holder::Task(0), Holder::Branch(0)]);
        assert_eq!(run.at_work(None, 0), Some("a"));
    }

    #[test]
    fn it_is_known_whether_anybody_is_left_to_be_polled() {
        let events = r#"
{"ev":"spawn","task":0,"name":"main"}
{"ev":"wake","task":0,"by":"io"}
{"ev":"poll","task":0}
{"ev":"wake","task":0,"by":0}
{"ev":"wake","task":0,"by":0}
{"ev":"pending","task":0,"on":null}
{"ev":"poll","task":0}
{"ev":"pending","task":0,"on":null}
{"ev":"wake","task":0,"by":"io"}
{"ev":"cancel","task":0,"how":"drop"}
{"ev":"wake","task":0,"by":"io"}"#;
        let mut run = Run::default();
        let mut is = |line| {
            run.take(None, &serde_json::from_str(line).unwrap());
            let one_by_one = run.tasks().iter().any(Task::is_woken);
            assert_eq!(run.is_anybody_woken(), one_by_one, "{line}");
            one_by_one
        };
        let woken: Vec<bool> = events.trim().lines().map(&mut is).collect();
        let [yes, no] = [true, false];
        assert_eq!(woken, [yes, yes, no, yes, yes, yes, no, no, yes, no, no]);
    }
}
