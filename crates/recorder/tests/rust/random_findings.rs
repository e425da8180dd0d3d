//! What is found in programs made by chance: in healthy ones nothing, in those
//! with one fault that one.
//!
//! All of them are one executable, which builds each out of the same parts, by a
//! seed: see `seeded.rs`.

use std::num::NonZeroUsize;
use std::time::Duration;

use recorder::program::{Options, Program};
use recorder::rust::{Compiled, compile};
use recording::check::check;
use recording::findings::{Finding, Kind, findings};
use recording::session::Ending;

use crate::support::root;

/// How many programs of each kind are tried.
const PROGRAMS: u64 = 200;

/// Each of so many healthy ones is run on several workers, too.
const ON_WORKERS: u64 = 10;

/// The faults, what is found of each, and how its run ends.
const FAULTS: &[(&str, Kind, Ending)] = &[
    ("two_orders", Kind::Deadlock, Ending::Stuck),
    ("twice", Kind::Deadlock, Ending::Stuck),
    ("futurelock", Kind::Deadlock, Ending::Stuck),
    ("all_permits", Kind::Deadlock, Ending::Stuck),
    ("reads_and_writes", Kind::Deadlock, Ending::Stuck),
    ("itself", Kind::Deadlock, Ending::Exit(0)),
    ("keeps_a_sender", Kind::Stuck, Ending::Stuck),
    ("nobody_waits", Kind::Missed, Ending::Stuck),
    ("not_run", Kind::NotDriven, Ending::Stuck),
    ("holds", Kind::Held, Ending::Exit(0)),
    ("forgotten", Kind::Unfinished, Ending::Exit(0)),
    ("never_ran", Kind::NeverRan, Ending::Exit(0)),
    ("panics", Kind::Panicked, Ending::Exit(0)),
    ("always_set_anew", Kind::TimerReset, Ending::Exit(0)),
    ("always_full", Kind::ChannelFull, Ending::Exit(0)),
    ("half_read", Kind::HalfDone, Ending::Exit(0)),
    ("half_taken", Kind::HalfDone, Ending::Exit(0)),
    ("set_dropped", Kind::SetDropped, Ending::Exit(0)),
    ("goes_on", Kind::Outlived, Ending::Exit(0)),
];

fn seeded() -> Compiled {
    let path = root().join("crates/recorder/tests/rust/seeded.rs");
    compile(&[Program::at(&path).unwrap()]).unwrap().pop().unwrap()
}

/// How the program called so ends, and what is found in it.
fn found(
    seeded: &mut Compiled,
    name: &str,
    seed: u64,
    workers: Option<NonZeroUsize>,
) -> (Ending, Vec<Finding>) {
    seeded.program.args = vec![name.into(), seed.to_string().into()];
    let options = Options { workers, timeout: Duration::from_secs(60), ..Options::default() };
    let session = seeded.start(&options).unwrap();
    let (ending, silent) = (session.ending.clone(), session.silent);
    let recording = session.into_recording().unwrap();
    if ending == Ending::Exit(0) {
        check(&recording.events).unwrap_or_else(|broken| panic!("{name} {seed}: {broken}"));
    }
    let found = findings(&recording, &ending, silent, &seeded.text, None);
    (ending, found)
}

#[test]
fn nothing_is_found_in_random_healthy_programs() {
    let mut seeded = seeded();
    for seed in 0..PROGRAMS {
        assert_eq!(found(&mut seeded, "healthy", seed, None), (Ending::Exit(0), vec![]), "{seed}");
        if seed % ON_WORKERS == 0 {
            let workers = NonZeroUsize::new(2 + (seed / ON_WORKERS % 3) as usize);
            let found = found(&mut seeded, "healthy", seed, workers);
            assert_eq!(found, (Ending::Exit(0), vec![]), "{seed} on {workers:?} workers");
        }
    }
}

#[test]
fn of_random_programs_with_one_fault_that_one_is_found() {
    let mut seeded = seeded();
    let mut wrong = Vec::new();
    for seed in 0..PROGRAMS {
        let (name, kind, ends) = &FAULTS[(seed % FAULTS.len() as u64) as usize];
        let (ending, found) = found(&mut seeded, name, seed, None);
        let kinds: Vec<Kind> = found.iter().map(|one| one.kind).collect();
        if kinds != [*kind] || ending != *ends {
            wrong.push(format!("{name} {seed}: {ending:?} {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
