//! Many programs recorded: what needs compiling is compiled in one go, and as
//! many run at a time as the machine has processors.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, bail};
use recorder::check;
use recorder::event::Recording;
use recorder::session::{Ending, Program, Session};

/// What came of a program that was to be recorded.
pub enum Outcome {
    /// It was run to its end; or it failed, or could not be run.
    Ran(Result<Recording>),
    /// This machine lacks what it needs, and may.
    Skipped(String),
}

/// Something that records programs.
pub trait Runner {
    /// Records `programs`; an outcome for each, in their order.
    fn run(&self, programs: &[Program]) -> Vec<Outcome>;
}

/// Calls `job` for each of `items`, as many at a time as there are processors,
/// and gives the answers in the order of the items.
pub fn side_by_side<T: Sync, R: Send>(items: &[T], job: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::with_capacity(items.len()));
    let workers = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((i, item)) =
                    items.iter().enumerate().nth(next.fetch_add(1, Ordering::Relaxed))
                {
                    let answer = job(item);
                    answers.lock().expect("no job panics with the lock").push((i, answer));
                }
            });
        }
    });
    let mut answers = answers.into_inner().expect("no job panics with the lock");
    answers.sort_by_key(|(i, _)| *i);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// All of a run that went well; a run that failed is never recorded.
///
/// # Errors
///
/// How the run failed, with what it wrote to stderr, or the rule that its
/// events break.
pub fn complete(session: Session) -> Result<Recording> {
    let said = |stderr: &str| match stderr.trim() {
        "" => String::new(),
        said => format!("\n{said}"),
    };
    match session.ending {
        Ending::Exit(0) => {}
        Ending::Exit(status) => {
            bail!("the program ended with status {status}{}", said(&session.stderr))
        }
        Ending::Signal(signal) => {
            bail!("the program was ended by signal {signal}{}", said(&session.stderr))
        }
        Ending::Stuck => bail!("the program is stuck: nothing is left that could wake it"),
        Ending::TimedOut => bail!("the program took too long and was stopped"),
        Ending::Flooded => bail!("the program has more events than a recording may have"),
    }
    let recording = session.into_recording()?;
    check::check(&recording.events).context("the recording breaks a rule")?;
    Ok(recording)
}
