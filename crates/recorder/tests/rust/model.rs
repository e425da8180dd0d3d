//! The model of orders, in the plainest way: a state, and what each task that is
//! ready makes of it. It knows nothing of how the search is done.

use std::collections::{BTreeSet, HashMap, VecDeque};

use proptest::collection::vec;
use proptest::prelude::*;

#[path = "model_program.rs"]
mod program;

use program::LOCKS;
pub use program::{Step, Tasks, read, run};

/// What a program can do.
pub struct All {
    /// Each output, the lines with a space between, `stuck` where it is so.
    pub outputs: BTreeSet<String>,
    /// In how many ways one task can be taken after the other.
    pub orders: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Is {
    Ready,
    /// Until that time, in ms.
    Asleep(u64),
    /// In line for that lock.
    InLine(usize),
    Receiving,
    /// For a message of the small channel.
    Taking,
    /// In line for room in that task's small channel.
    Putting(usize),
    /// For the end of that task.
    Joining(usize),
    Over,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    now: u64,
    number: u32,
    /// Who has each lock, and who stands in line for it.
    locks: Vec<(Option<usize>, VecDeque<usize>)>,
    messages: Vec<u32>,
    /// The small channel of each task, with room for one message.
    small: Vec<Small>,
    /// The next step, what the task does, what it has loaded, whether the step at
    /// hand is done but for going on.
    tasks: Vec<(usize, Is, u32, bool)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Small {
    /// The message, or who has the room for one and has not put it there.
    is_taken: bool,
    messages: u32,
    line: VecDeque<usize>,
    closed: bool,
}

/// What comes after a state: the texts, each beginning with a space, and the
/// number of ways.
type Rest = (BTreeSet<String>, u64);

/// Everything that `program` can do.
pub fn all(program: &Tasks) -> All {
    let state = State {
        now: 0,
        number: 0,
        locks: vec![(None, VecDeque::new()); LOCKS],
        messages: vec![0; program.len()],
        small: vec![Small::default(); program.len()],
        tasks: vec![(0, Is::Ready, 0, false); program.len()],
    };
    // Main has spawned the others in the poll that it is in.
    let (state, printed) = step(state, program, 0, false);
    let (rest, orders) = after(&state, program, &mut HashMap::new());
    let outputs = rest.into_iter().map(|text| (printed.clone() + &text).trim().to_owned());
    All { outputs: outputs.collect(), orders }
}

fn after(state: &State, program: &Tasks, known: &mut HashMap<State, Rest>) -> Rest {
    if let Some(rest) = known.get(state) {
        return rest.clone();
    }
    let mut state = state.clone();
    let is_ready = |task: &(usize, Is, u32, bool)| task.1 == Is::Ready;
    if !state.tasks.iter().any(is_ready) {
        let due = |task: &(usize, Is, u32, bool)| match task.1 {
            Is::Asleep(until) => Some(until),
            _ => None,
        };
        match state.tasks.iter().filter_map(due).min() {
            // Main is over, and so is the program.
            _ if state.tasks[0].1 == Is::Over => return (BTreeSet::from([String::new()]), 1),
            None => return (BTreeSet::from(["stuck".to_owned()]), 1),
            Some(first) => {
                state.now = first;
                for task in &mut state.tasks {
                    if task.1 == Is::Asleep(first) {
                        (task.1, task.3) = (Is::Ready, true);
                    }
                }
            }
        }
    }
    let (mut texts, mut orders) = (BTreeSet::new(), 0_u64);
    for task in 0..state.tasks.len() {
        if state.tasks[task].1 == Is::Ready {
            let (next, printed) = step(state.clone(), program, task, true);
            let (rest, ways) = after(&next, program, known);
            texts.extend(rest.into_iter().map(|text| printed.clone() + &text));
            orders = orders.saturating_add(ways);
        }
    }
    known.insert(state, (texts.clone(), orders));
    (texts, orders)
}

/// The `task` goes on up to the next moment at which another one may go first, which
/// is not now if what it does `is_first` in its poll.
fn step(mut state: State, program: &Tasks, task: usize, mut is_first: bool) -> (State, String) {
    let mut printed = String::new();
    loop {
        let (at, _, loaded, done) = state.tasks[task];
        let others = program.len() - 1;
        let is = &mut state.tasks[task].1;
        let Some(step) = program[task].get(at) else {
            let next = at - program[task].len();
            if task > 0 || next == others {
                *is = Is::Over;
                gives_all_back(&mut state, task);
                wake(&mut state, |is| is == Is::Joining(task));
                return (state, printed);
            }
            if next == 0 {
                // What main has goes with its steps.
                gives_all_back(&mut state, task);
            }
            // Main awaits the others in turn.
            let other = next + 1;
            if state.tasks[other].1 != Is::Over {
                state.tasks[task].1 = Is::Joining(other);
                return (state, printed);
            }
            if !is_first && !done {
                return (state, printed);
            }
            state.tasks[task] = (at + 1, Is::Ready, loaded, false);
            is_first = false;
            continue;
        };
        let may_wait = matches!(step, Step::Lock(_) | Step::Receive | Step::Put(_) | Step::Take);
        if may_wait && !is_first && !done {
            // Somebody else may go first.
            return (state, printed);
        }
        is_first = false;
        if !done {
            match *step {
                Step::Yield => {
                    state.tasks[task].3 = true;
                    return (state, printed);
                }
                Step::Sleep(seconds) => {
                    // In the tick after it is due.
                    *is = Is::Asleep(state.now + 1_000 * seconds + 1);
                    return (state, printed);
                }
                Step::Lock(lock) => {
                    let (has, line) = &mut state.locks[lock];
                    if has.is_some() {
                        line.push_back(task);
                        *is = Is::InLine(lock);
                        return (state, printed);
                    }
                    *has = Some(task);
                }
                Step::Receive if state.messages[task] == 0 => {
                    *is = Is::Receiving;
                    return (state, printed);
                }
                Step::Take if state.small[task].messages == 0 => {
                    *is = Is::Taking;
                    return (state, printed);
                }
                Step::Put(to) if !state.small[to].closed => {
                    if state.small[to].is_taken {
                        state.small[to].line.push_back(task);
                        *is = Is::Putting(to);
                        return (state, printed);
                    }
                    state.small[to].is_taken = true;
                }
                _ => {}
            }
        }
        state.tasks[task].3 = false;
        match *step {
            Step::Print(letter) => printed += &format!(" {letter}"),
            Step::Show => printed += &format!(" {}", state.number),
            Step::Load => state.tasks[task].2 = state.number,
            Step::Store => state.number = loaded + 1,
            Step::Unlock(lock) => give_back(&mut state, lock, task),
            Step::Send(to) => {
                state.messages[to] += 1;
                if state.tasks[to].1 == Is::Receiving {
                    (state.tasks[to].1, state.tasks[to].3) = (Is::Ready, true);
                }
            }
            Step::Receive => state.messages[task] -= 1,
            Step::Take => {
                state.small[task].messages -= 1;
                match state.small[task].line.pop_front() {
                    Some(next) => (state.tasks[next].1, state.tasks[next].3) = (Is::Ready, true),
                    None => state.small[task].is_taken = false,
                }
            }
            Step::Put(to) => {
                state.small[to].messages += 1;
                if state.tasks[to].1 == Is::Taking {
                    (state.tasks[to].1, state.tasks[to].3) = (Is::Ready, true);
                }
            }
            Step::Yield | Step::Sleep(_) | Step::Lock(_) => {}
        }
        state.tasks[task].0 += 1;
        let has_changed = matches!(step, Step::Put(_) | Step::Take);
        if has_changed || may_wait && !done {
            // Or overtake it.
            return (state, printed);
        }
    }
}

/// The guards go, and the channels' receivers: whoever waits for room goes on.
fn gives_all_back(state: &mut State, task: usize) {
    for lock in 0..LOCKS {
        give_back(state, lock, task);
    }
    state.small[task].closed = true;
    wake(state, |is| is == Is::Putting(task));
}

/// Whoever is first in line has the lock.
fn give_back(state: &mut State, lock: usize, task: usize) {
    let (has, line) = &mut state.locks[lock];
    if *has == Some(task) {
        *has = line.pop_front();
        if let Some(next) = *has {
            (state.tasks[next].1, state.tasks[next].3) = (Is::Ready, true);
        }
    }
}

fn wake(state: &mut State, which: impl Fn(Is) -> bool) {
    for task in &mut state.tasks {
        if which(task.1) {
            (task.1, task.3) = (Is::Ready, true);
        }
    }
}

/// Programs of up to five tasks, with up to twelve awaits.
pub fn programs() -> impl Strategy<Value = Tasks> {
    (1..5_usize).prop_flat_map(|others| {
        let tasks = others + 1;
        let step = prop_oneof![
            3 => prop::char::range('a', 'e').prop_map(Step::Print),
            1 => Just(Step::Show),
            2 => Just(Step::Load),
            2 => Just(Step::Store),
            2 => Just(Step::Yield),
            2 => (1..4_u64).prop_map(Step::Sleep),
            2 => (0..LOCKS).prop_map(Step::Lock),
            1 => (0..LOCKS).prop_map(Step::Unlock),
            2 => (0..tasks).prop_map(Step::Send),
            2 => Just(Step::Receive),
            2 => (0..tasks).prop_map(Step::Put),
            2 => Just(Step::Take),
        ];
        let awaits = |tasks: &Tasks| {
            let is_await = |step: &&Step| {
                !matches!(
                    step,
                    Step::Print(_)
                        | Step::Show
                        | Step::Load
                        | Step::Store
                        | Step::Unlock(_)
                        | Step::Send(_)
                )
            };
            tasks.iter().flatten().filter(is_await).count() <= 12
        };
        vec(vec(step, 0..5), tasks).prop_filter("too many awaits", awaits)
    })
}

/// A program as text, for `read`.
pub fn write(tasks: &Tasks) -> String {
    let step = |step: &Step| match step {
        Step::Print(letter) => format!("p{letter}"),
        Step::Show => "v".to_owned(),
        Step::Load => "l".to_owned(),
        Step::Store => "s".to_owned(),
        Step::Yield => "y".to_owned(),
        Step::Sleep(seconds) => format!("t{seconds}"),
        Step::Lock(n) => format!("L{n}"),
        Step::Unlock(n) => format!("U{n}"),
        Step::Send(to) => format!("f{to}"),
        Step::Receive => "r".to_owned(),
        Step::Put(to) => format!("P{to}"),
        Step::Take => "T".to_owned(),
    };
    let task = |steps: &Vec<Step>| steps.iter().map(step).collect::<Vec<_>>().join(",");
    let text = tasks.iter().map(task).collect::<Vec<_>>().join("/");
    assert_eq!(program::read(&text), *tasks);
    text
}
