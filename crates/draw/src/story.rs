//! A recording as a story: each event a beat between two places, in the words
//! of its language, with the time that passes in between.

use std::borrow::Cow;
use std::collections::HashMap;

use super::output::unstyled;
use super::scene::Scene;
use super::voice::{Says, Voice};
use recording::event::{
    By, Clock, How, Language, Left, Line, Recording, Source, Stream, TaskId, What,
};
use recording::names::Names;
use recording::on::On;
use recording::queues::{self as workers, Came, Queues};
use recording::run::{Holder, Run, State, Task};
use recording::thread::Thread;
use recording::waits::waits;
use recording::words::{are_one_time, round, uncounted};

/// Below this, in microseconds, time on a real clock is not worth a word.
const FELT: u64 = 50_000;

/// Where something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The timers.
    Timer,
    /// Sockets, pipes, signals, other threads.
    Outside,
    /// The runtime, or event loop; of several workers, the queue that they share.
    Runtime,
    /// One of the threads of a runtime with several workers: 0 runs the root
    /// future.
    Worker(u32),
    /// A task.
    Task(TaskId),
    /// A branch inside a task: its number in [`Story::branches`].
    Branch(usize),
}

impl From<Holder> for Place {
    fn from(holder: Holder) -> Self {
        match holder {
            Holder::Task(task) => Place::Task(task),
            Holder::Branch(branch) => Place::Branch(branch),
        }
    }
}

/// What a language calls things.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Who hands out the thread.
    pub runtime: &'static str,
    /// The thread is given to a task.
    pub poll: &'static str,
    /// The task gives it back, unfinished.
    pub pending: &'static str,
    /// The task gives it back, done.
    pub ready: &'static str,
    /// A new task is handed to the runtime.
    pub spawn: &'static str,
    /// An error that nobody caught ended the task.
    pub panic: &'static str,
}

impl Terms {
    /// The words of `language`.
    pub fn of(language: Language) -> Self {
        match language {
            Language::Rust => Terms {
                runtime: "runtime",
                poll: "poll",
                pending: "Pending",
                ready: "Ready",
                spawn: "spawn",
                panic: "panics",
            },
            Language::Python => Terms {
                runtime: "event loop",
                poll: "step",
                pending: "suspended",
                ready: "done",
                spawn: "create_task",
                panic: "raises",
            },
        }
    }
}

/// A step of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beat {
    /// Microseconds since the start.
    pub t: u64,
    /// The line of code, as the scene counts lines.
    pub line: Option<Line>,
    /// The thread that it happens on, where there are several workers.
    pub worker: Option<u32>,
    /// What happens.
    pub act: Act,
}

/// What happens in a beat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// `to` gets the thread from `from`.
    Call {
        /// Who had it.
        from: Place,
        /// Who has it now.
        to: Place,
        /// `poll`, or `step, throwing CancelledError`.
        says: Says,
    },
    /// `from` gives the thread back to `to`.
    Return {
        /// Who had it.
        from: Place,
        /// Who has it now.
        to: Place,
        /// The answer, and what goes with it.
        says: Says,
    },
    /// `from` asks `to` for something, or tells it.
    Signal {
        /// Who asks.
        from: Place,
        /// Who is asked.
        to: Place,
        /// For what.
        says: Says,
    },
    /// `of` is dropped, or ended, by `by`.
    Stop {
        /// Who ends it.
        by: Place,
        /// What ends.
        of: Place,
        /// In which state.
        says: Says,
    },
    /// Of the chain of awaits that `at` stands in one, `depth` below the outermost.
    Stands {
        /// Who.
        at: Place,
        /// How many are above it.
        depth: usize,
        /// In what.
        says: Says,
    },
    /// A line of output.
    Print {
        /// Who prints it.
        at: Place,
        /// What.
        says: Says,
    },
    /// Something else that happens at one place.
    Note {
        /// Where.
        at: Place,
        /// What.
        says: Says,
    },
    /// The recording stops while `of` has the thread.
    Halt {
        /// Who never gives it back.
        of: Place,
    },
    /// Something that concerns everybody: time passes, the recording stops.
    Across {
        /// What.
        says: Says,
    },
}

/// A recording as beats.
#[derive(Clone, Debug)]
pub struct Story {
    /// What its language calls things.
    pub terms: Terms,
    /// The names of the tasks.
    pub tasks: Names,
    /// The branches inside tasks, in the order in which they first ran.
    pub branches: Vec<(TaskId, String)>,
    /// The names of the threads of a runtime with several workers, by number.
    pub workers: Vec<String>,
    /// What happens, in order.
    pub beats: Vec<Beat>,
}

impl Story {
    /// Tells what happened in `scene`.
    pub fn of(scene: &Scene<'_>) -> Self {
        let recording = scene.recording;
        let terms = Terms::of(recording.header.language);
        let mut teller = Teller::new(recording, terms, scene.is_plain());
        if let Some(around) = scene.around {
            teller.tasks.clone_from(&around.names);
            teller.run = Run::within(around.names.len(), |task| around.polled.contains(&task));
            teller.now = around.start;
            teller.chosen = around.chosen;
        }
        for event in &recording.events {
            (teller.worker, teller.held) = (event.worker, 0);
            teller.time_passes(event.t);
            teller.line = scene.line(line(&event.what));
            teller.came = teller.queues.take(event);
            // Where nobody polls, nobody gives the thread back.
            if !(teller.plain && matches!(event.what, What::Poll { .. } | What::Ready { .. })) {
                teller.event(&event.what);
                teller.run.take(event.worker, &event.what);
            }
            teller.busy.insert(event.worker, teller.now.max(teller.held));
        }
        teller.put_told();
        teller.line = None;
        let run = std::mem::take(&mut teller.run);
        for (worker, holders) in run.threads() {
            teller.worker = worker;
            for of in holders.iter().rev() {
                teller.beat(Act::Halt { of: (*of).into() });
            }
        }
        if let Some(why) = scene.cut {
            teller.across(Says::of(|_| format!("the recording stops here: {why}")));
        }
        let Teller { tasks, workers, beats, .. } = teller;
        let branches = run.branches().to_vec();
        Story { terms, tasks, branches, workers, beats }
    }

    /// What a place is called.
    pub fn name(&self, place: Place) -> &str {
        match place {
            Place::Timer => "timer",
            Place::Outside => "outside",
            Place::Runtime if !self.workers.is_empty() => "shared queue",
            Place::Runtime => self.terms.runtime,
            Place::Worker(worker) => self.workers.get(worker as usize).map_or("?", String::as_str),
            Place::Task(task) => self.tasks.of(task),
            Place::Branch(branch) => &self.branches[branch].1,
        }
    }

    /// What places of one kind are called.
    pub fn kind(&self, place: Place) -> Cow<'_, str> {
        match place {
            Place::Worker(1..) => "worker".into(),
            Place::Task(task) => uncounted(self.tasks.base(task)),
            place => uncounted(self.name(place)),
        }
    }
}

fn line(what: &What) -> Option<Line> {
    match what {
        What::Spawn { task: 0, .. } => None,
        what => what.line(),
    }
}

/// The time that is all that is waited for, in nanoseconds.
fn one_time(on: &[On]) -> Option<u64> {
    let parts = on.iter().flat_map(On::parts);
    let mut leaves = parts.filter(|on| !matches!(on, On::All { .. } | On::Any { .. }));
    let time = |on: &On| if let On::Time { ns } = on { *ns } else { None };
    let first = leaves.next().and_then(time)?;
    let is_first = |ns: u64| are_one_time(u128::from(ns), u128::from(first));
    leaves.all(|on| time(on).is_some_and(is_first)).then_some(first)
}

struct Teller {
    language: Language,
    terms: Terms,
    /// Whether there is no runtime, so that nobody polls.
    plain: bool,
    real: bool,
    /// What the threads are called, where there are several.
    workers: Vec<String>,
    /// Whether only some of the tasks are shown.
    chosen: bool,
    tasks: Names,
    /// The run before the event at hand.
    run: Run,
    beats: Vec<Beat>,
    now: u64,
    line: Option<Line>,
    /// The thread of the event at hand, where there are several workers.
    worker: Option<u32>,
    /// Until when what is known of each thread explains what it did.
    busy: HashMap<Option<u32>, u64>,
    /// Until when the blocking sleep of the event at hand holds its thread.
    held: u64,
    queues: Queues,
    /// How the task that is polled came to its worker.
    came: Option<Came>,
    /// The times of the timers set in the poll under way, in microseconds.
    set: Vec<u64>,
    /// The task whose end is the last beat.
    ended: Option<TaskId>,
    /// Whether that beat says already whom it wakes.
    wakes: bool,
    /// What the runtime was told last.
    told: Option<Told>,
}

/// Something that the runtime is told of several tasks in a row.
struct Told {
    /// How many beats there are, with this.
    at: usize,
    from: Place,
    to: Place,
    what: &'static str,
    tasks: Vec<TaskId>,
}

impl Teller {
    fn new(recording: &Recording, terms: Terms, plain: bool) -> Self {
        let last = recording.events.iter().filter_map(|event| event.worker).max();
        Teller {
            language: recording.header.language,
            terms,
            plain,
            real: recording.header.clock == Clock::Real,
            workers: last.map_or(Vec::new(), |last| (0..=last).map(workers::name).collect()),
            chosen: false,
            tasks: recording.names(),
            run: Run::default(),
            beats: Vec::new(),
            now: 0,
            line: None,
            worker: None,
            busy: HashMap::new(),
            held: 0,
            queues: Queues::default(),
            came: None,
            set: Vec::new(),
            ended: None,
            wakes: false,
            told: None,
        }
    }

    fn beat(&mut self, act: Act) {
        (self.ended, self.wakes) = (None, false);
        self.beats.push(Beat { t: self.now, line: self.line, worker: self.worker, act });
    }

    fn across(&mut self, says: Says) {
        self.beat(Act::Across { says });
    }

    /// What `tell` says in either voice.
    fn says(&self, tell: impl Fn(Voice<'_>) -> String) -> Says {
        let (names, language, real) = (&self.tasks, self.language, self.real);
        Says::of(|counts| tell(Voice { names, language, real, counts }))
    }

    /// Where an event of `task` happens: the branch that runs in it, if one does.
    fn at(&self, task: Option<TaskId>) -> Place {
        let Some(task) = task else { return self.home() };
        match self.innermost() {
            Some(Place::Branch(branch)) if self.run.branches()[branch].0 == task => {
                Place::Branch(branch)
            }
            _ => Place::Task(task),
        }
    }

    /// Where it happens that `task` or a thread does something, and that it does.
    fn does(
        &self,
        task: Option<TaskId>,
        thread: Option<&Thread>,
        tell: impl Fn(Voice<'_>) -> String,
    ) -> (Place, Says) {
        let Some(thread) = thread else { return (self.at(task), self.says(tell)) };
        let says = self.says(|voice| format!("{} {}", voice.own(&thread.words()), tell(voice)));
        (Place::Outside, says)
    }

    /// Whether a timer of that length was set in the poll under way.
    fn has_set(&self, ns: u64) -> bool {
        self.set.iter().any(|us| are_one_time(u128::from(*us) * 1_000, u128::from(ns)))
    }

    /// Who has the thread when no task has it.
    fn home(&self) -> Place {
        self.worker.map_or(Place::Runtime, Place::Worker)
    }

    /// Where `task`, spawned or woken now, waits for its next poll.
    fn queue(&self, task: TaskId) -> Place {
        match self.worker {
            Some(_) if task == 0 => Place::Worker(0),
            Some(worker @ 1..) => Place::Worker(worker),
            _ => Place::Runtime,
        }
    }

    /// Who has the thread.
    fn innermost(&self) -> Option<Place> {
        self.run.thread(self.worker).last().map(|holder| (*holder).into())
    }

    fn has_thread(&self, place: Place) -> bool {
        self.run.thread(self.worker).iter().any(|holder| Place::from(*holder) == place)
    }

    /// Whether that is so of a task, before the event at hand.
    fn is(&self, task: TaskId, what: impl Fn(&Task) -> bool) -> bool {
        self.run.task(task).is_some_and(what)
    }

    fn time_passes(&mut self, t: u64) {
        let passed = t.saturating_sub(self.now);
        self.line = None;
        // On a real clock everything takes a little; only what can be felt is told.
        let felt = if self.real { FELT } else { 0 };
        let busy = self.busy.get(&self.worker).copied().unwrap_or_default();
        match self.innermost() {
            Some(at) if t.saturating_sub(busy) > felt => {
                let says =
                    self.says(|voice| format!("has the thread for {}", voice.time(t - busy)));
                self.beat(Act::Note { at, says });
            }
            None if passed > felt && self.chosen => {
                self.across(self.says(|voice| format!("{} later", voice.time(passed))));
            }
            None if passed > felt && self.run.threads().all(|(_, holders)| holders.is_empty()) => {
                let says = self.says(|voice| format!("nothing to run for {}", voice.time(passed)));
                self.across(says);
            }
            _ => {}
        }
        self.now = self.now.max(t);
    }

    fn event(&mut self, what: &What) {
        match what {
            What::Spawn { task, by, .. } => match by {
                Some(_) => self.tell(self.at(*by), self.terms.spawn, *task),
                None if *task == 0 => {}
                None => {
                    let says =
                        self.says(|voice| format!("{} {}", self.terms.spawn, voice.task(*task)));
                    self.beat(Act::Note { at: self.home(), says });
                }
            },
            What::Poll { task, .. } => {
                self.set.clear();
                let throws =
                    if self.is(*task, |task| task.told) { ", throwing CancelledError" } else { "" };
                let (came, from) = match self.came {
                    Some(Came::Stolen(worker)) => (", stolen from ", workers::name(worker)),
                    Some(Came::Moved(worker)) => (", before on ", workers::name(worker)),
                    None => ("", String::new()),
                };
                let says = self
                    .says(|voice| format!("{}{throws}{came}{}", self.terms.poll, voice.own(&from)));
                self.call(Place::Task(*task), says);
            }
            What::Print { task, thread, text, stream, .. } => {
                let to = if *stream == Stream::Stderr { " to stderr" } else { "" };
                let text = unstyled(text);
                let (at, says) = self.does(*task, thread.as_ref(), |voice| match &*text {
                    "" => format!("prints an empty line{to}"),
                    text => format!("prints \"{}\"{to}", voice.own(text)),
                });
                self.beat(Act::Print { at, says });
            }
            What::Timer { task, us, .. } => {
                let what = if task.is_some() { "wake me" } else { "call back" };
                let says = self.says(|voice| format!("{what} in {}", voice.time(*us)));
                self.beat(Act::Signal { from: self.at(*task), to: Place::Timer, says });
                self.set.push(if self.real { round(*us) } else { *us });
            }
            What::Pending { task, on, awaits, .. } => {
                // The timer's own beat has just said for how long.
                let is_set = |on: &[On]| one_time(on).is_some_and(|ns| self.has_set(ns));
                let says = match on.as_deref().filter(|on| !is_set(on)) {
                    Some(on) => self.says(|voice| {
                        format!("{}, waits for {}", self.terms.pending, voice.waits(on))
                    }),
                    None => self.terms.pending.into(),
                };
                self.give_back(Place::Task(*task), says);
                for (depth, one) in awaits.iter().flat_map(|chain| chain.iter().enumerate()) {
                    self.line = one.line;
                    let says = self.says(|voice| format!("in {}", voice.own(&one.name)));
                    self.beat(Act::Stands { at: Place::Task(*task), depth, says });
                }
            }
            What::Wake { task, by } => self.wake(*task, *by),
            What::Ready { task } => {
                self.give_back(Place::Task(*task), self.terms.ready.into());
                self.ended = Some(*task);
            }
            What::Cancelled { task } => self.cancelled(*task),
            What::Cancel { task, how, by, .. } => self.cancel(*task, *how, *by),
            What::Block { task, thread, us, .. } => {
                let (at, says) = self.does(*task, thread.as_ref(), |voice| match us {
                    // For how long is not known.
                    0 => "holds the thread".to_owned(),
                    us if thread.is_some() => format!("is held for {}", voice.time(*us)),
                    us => format!("holds the thread for {}", voice.time(*us)),
                });
                self.beat(Act::Note { at, says });
                // Other threads go on meanwhile.
                self.held = self.now.saturating_add(*us);
                if self.worker.is_none() {
                    self.now = self.held;
                }
            }
            What::Panic { task, text, .. } => {
                let says =
                    self.says(|voice| format!("{} \"{}\"", self.terms.panic, voice.own(text)));
                self.give_back(Place::Task(*task), says);
                self.ended = Some(*task);
            }
            What::Enter { task, branch } => {
                let branch = self.branch(*task, branch);
                self.call(branch, self.terms.poll.into());
            }
            What::Leave { task, branch, how } => self.leave(*task, branch, *how),
            // What asyncio prints of it says it; the findings do.
            What::Trouble { .. } => {}
            // What follows shows by itself that the root future is done; what
            // is waited for is said where it is.
            What::End { .. }
            | What::Resource { .. }
            | What::Hold { .. }
            | What::Lost { .. }
            | What::Call { .. } => {}
            What::Exit { task, status, .. } => {
                let says = self
                    .says(|voice| format!("ends the process with status {}", voice.number(status)));
                // Of several threads, none that is known: not the queue they share.
                let at = match (task, self.worker) {
                    (None, None) if !self.workers.is_empty() => Place::Outside,
                    _ => self.at(*task),
                };
                self.beat(Act::Note { at, says });
            }
        }
    }

    fn wake(&mut self, task: TaskId, by: By) {
        // That it goes on is what being cancelled means.
        if self.is(task, |task| task.told) {
            return;
        }
        if let (By::Task(waker), Some(ended)) = (by, self.ended)
            && waker == ended
            && matches!(self.beats.last(), Some(Beat { act: Act::Return { .. }, .. }))
        {
            let and = if self.wakes { " and " } else { ", wakes " };
            let more = self.says(|voice| format!("{and}{}", voice.task(task)));
            if let Some(Beat { act: Act::Return { says, .. }, .. }) = self.beats.last_mut() {
                says.push(&more);
            }
            self.wakes = true;
            return;
        }
        self.tell(self.source(by), "wake", task);
    }

    /// Where a wake or a cancellation comes from.
    fn source(&self, by: By) -> Place {
        match by {
            By::Task(task) => self.at(Some(task)),
            By::Source(Source::Timer) => Place::Timer,
            By::Source(Source::Io) => Place::Outside,
            By::Source(Source::Runtime) => self.home(),
        }
    }

    /// `from` tells the runtime what to do with `task`; several of the same in
    /// a row are one beat.
    fn tell(&mut self, from: Place, what: &'static str, task: TaskId) {
        let to = self.queue(task);
        let same = self.told.as_mut().filter(|told| {
            let last = self.beats.last();
            (told.at, told.from, told.what, told.to) == (self.beats.len(), from, what, to)
                && last.is_some_and(|beat| (beat.t, beat.line) == (self.now, self.line))
        });
        if let Some(told) = same {
            return told.tasks.push(task);
        }
        self.put_told();
        self.beat(Act::Signal { from, to, says: Says::default() });
        self.told = Some(Told { at: self.beats.len(), from, to, what, tasks: vec![task] });
    }

    /// Writes of whom the runtime was told last.
    fn put_told(&mut self) {
        let Some(told) = self.told.take() else { return };
        let new = self.says(|voice| format!("{} {}", told.what, voice.tasks(&told.tasks)));
        if let Some(Beat { act: Act::Signal { says, .. }, .. }) = self.beats.get_mut(told.at - 1) {
            *says = new;
        }
    }

    fn cancel(&mut self, task: TaskId, how: How, by: Option<By>) {
        if let Some(by) = by {
            let says = self.says(|voice| format!("cancel {}", voice.task(task)));
            self.beat(Act::Signal { from: self.source(by), to: self.home(), says });
        }
        match how {
            How::Throw => {}
            How::Drop => {
                let polled = self.is(task, |task| task.polled);
                let says =
                    if polled { "dropped, unfinished" } else { "dropped, never polled" }.into();
                self.forget(Place::Task(task));
                self.beat(Act::Stop { by: self.home(), of: Place::Task(task), says });
            }
        }
    }

    fn cancelled(&mut self, task: TaskId) {
        if self.has_thread(Place::Task(task)) {
            self.give_back(Place::Task(task), "cancelled".into());
        } else {
            let says = "cancelled before its first step".into();
            self.beat(Act::Stop { by: self.home(), of: Place::Task(task), says });
        }
        self.ended = Some(task);
    }

    fn branch(&mut self, task: TaskId, branch: &str) -> Place {
        self.run.number(task, branch).map_or(Place::Task(task), Place::Branch)
    }

    fn leave(&mut self, task: TaskId, branch: &str, how: Left) {
        let branch = self.branch(task, branch);
        match how {
            Left::Pending => self.give_back(branch, self.terms.pending.into()),
            Left::Ready => self.give_back(branch, self.terms.ready.into()),
            Left::Drop => {
                self.forget(branch);
                let says = "dropped, unfinished".into();
                self.beat(Act::Stop { by: Place::Task(task), of: branch, says });
            }
        }
    }

    fn call(&mut self, to: Place, says: Says) {
        let from = self.innermost().unwrap_or(self.home());
        self.beat(Act::Call { from, to, says });
    }

    /// Whoever still has the thread within `from` returns first: a branch that
    /// was left by a panic, say.
    fn give_back(&mut self, from: Place, says: Says) {
        let holders = self.run.thread(self.worker).iter();
        let places: Vec<Place> = holders.map(|holder| (*holder).into()).collect();
        let Some(at) = places.iter().rposition(|place| *place == from) else {
            return self.beat(Act::Note { at: from, says });
        };
        for inner in (at + 1..places.len()).rev() {
            let (from, to) = (places[inner], places[inner - 1]);
            self.beat(Act::Return { from, to, says: "left".into() });
        }
        let to = if at == 0 { self.home() } else { places[at - 1] };
        self.beat(Act::Return { from, to, says });
    }

    /// Takes the thread away from what is dropped while it has it.
    fn forget(&mut self, of: Place) {
        if self.has_thread(of) {
            self.give_back(of, "left".into());
        }
    }
}

/// Who still waits at the end of a recording, and for what:
/// `main waits for foo to finish, foo waits for a message`; empty if nobody does,
/// or if somebody has the thread and never gives it back.
pub fn waiting(recording: &Recording) -> String {
    let names = recording.names();
    let mut run = Run::default();
    for event in &recording.events {
        run.take(event.worker, &event.what);
    }
    if run.threads().any(|(_, holders)| !holders.is_empty()) {
        return String::new();
    }
    let waiting = (0..).zip(run.tasks()).filter(|(_, task)| task.state == State::Waiting);
    let says: Vec<String> = waiting
        .map(|(number, task)| {
            let on = task.on.as_ref().map(|on| waits(on, &names, recording.header.language));
            format!("{} waits for {}", names.said(number), on.as_deref().unwrap_or("something"))
        })
        .take(8)
        .collect();
    says.join(", ")
}
