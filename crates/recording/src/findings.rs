//! What is wrong with a run, as a colleague would point it out: each with its
//! lines, and with the events that prove it.
//!
//! | module | finds |
//! |---|---|
//! | [`held`] | a task that had the thread for so long that others were late |
//! | [`deadlock`] | tasks that wait for each other, or for what nobody can bring about |
//! | [`forgotten`] | tasks that nothing awaited: ended unfinished with main, or never run |
//! | [`repeated`] | timers that are always set anew, channels that are always full, tasks that spin |
//! | [`failed`] | panics, exceptions that nobody saw |
//! | [`driven`] | tasks that were never polled, as nothing runs what they were spawned on |
//! | [`lost`] | notifications and values that nobody got, permits that nobody kept, what was dropped half done |
//! | [`unseen`] | exceptions and tasks that asyncio lost, coroutines that were never awaited, cancellations that were ignored |
//! | [`calls`] | calls in threads for which none was free, or that went on after they were given up |
//! | [`pipes`] | other processes that wait, as nobody reads what they write |
//! | [`stopped`] | where everybody stood when a run was stopped, if nothing else says why |
//! | [`endless`] | loops of the program that are not meant to end |
//!
//! Beside these `cast` has who takes part, `finding` what a finding is, and `kind` the
//! kinds, with their rows in the table of the book.
//!
//! Nothing is guessed: what a recording does not prove is no finding. So a task
//! that was cancelled on purpose is none, nor is one that holds the thread while
//! nobody else has anything to do. Of several workers nothing is said of held
//! threads and of locks: others go on meanwhile.

pub mod calls;
pub mod deadlock;
pub mod driven;
pub mod endless;
pub mod failed;
pub mod forgotten;
pub mod held;
pub mod lost;
pub mod pipes;
pub mod repeated;
pub mod stopped;
pub mod unseen;

mod cast;
mod finding;
mod kind;

use std::time::Duration;

use cast::Cast;

pub use finding::{At, Finding};
pub use kind::{Kind, table};

use crate::event::{Event, Header, Recording, TaskId};
use crate::listing::Listing;
use crate::run::Run;
use crate::session::Ending;

/// Takes the events of a run one by one. Its memory grows with the number of
/// tasks and of lines, not with that of events.
pub struct Findings<'a> {
    seen: usize,
    run: Run,
    cast: Cast<'a>,
    held: held::Holds,
    deadlock: deadlock::Waits,
    driven: driven::Unpolled,
    forgotten: forgotten::Ends,
    repeated: repeated::Rounds,
    failed: failed::Failures,
    lost: lost::Losses,
    unseen: unseen::Lost,
    calls: calls::Calls,
    pipes: pipes::Pipes,
    stopped: stopped::Stands,
}

impl<'a> Findings<'a> {
    /// For a run of a program with this text; with a `listing` the sentences
    /// count lines as it does.
    pub fn new(header: &Header, text: &'a str, listing: Option<&'a Listing>) -> Self {
        Findings {
            seen: 0,
            run: Run::default(),
            cast: Cast::new(header, text, listing),
            held: held::Holds::new(header),
            deadlock: deadlock::Waits::new(header),
            driven: driven::Unpolled::default(),
            forgotten: forgotten::Ends::default(),
            repeated: repeated::Rounds::default(),
            failed: failed::Failures::default(),
            lost: lost::Losses::default(),
            unseen: unseen::Lost::new(header),
            calls: calls::Calls::new(header),
            pipes: pipes::Pipes::default(),
            stopped: stopped::Stands::default(),
        }
    }

    /// Takes the next event.
    pub fn see(&mut self, event: &Event) {
        let at = At { event: self.seen, t: event.t };
        self.seen += 1;
        self.run.take(event.worker, &event.what);
        self.cast.see(event);
        self.held.see(at, event, &self.cast);
        self.deadlock.see(at, event, &self.run);
        self.driven.see(at, event);
        self.forgotten.see(at, event);
        self.repeated.see(at, event);
        self.failed.see(at, event);
        self.lost.see(at, event);
        self.unseen.see(at, event);
        self.calls.see(at, event);
        self.pipes.see(at, event);
        self.stopped.see(at, event, &self.run);
    }

    /// What was found in a run that ended so, `silent` for that long before: the
    /// worst first.
    pub fn finish(self, ending: &Ending, silent: Duration) -> Vec<Finding> {
        let cast = &self.cast;
        let (lost, told) = self.lost.finish(ending, self.forgotten.awaited(), cast);
        let failed = self.failed.unnoticed(&self.unseen.unasked(), cast);
        let unasked = self.unseen.unasked();
        let starve = self.calls.starve();
        // Whoever waits for several has not asked the first of them yet.
        let awaited = self.deadlock.awaited();
        let (mut found, dead) = self.deadlock.finish(ending, &told, &failed, starve, cast);
        found.extend(lost);
        let held = self.held.is_for_good(ending, silent);
        if held {
            // Whoever waits may wait for a timer that the thread has no time for.
            found.retain(|finding| finding.kind != Kind::Stuck);
        } else if *ending == Ending::Stuck {
            self.driven.finish(&mut found, &self.run, cast);
        }
        let spins: Vec<TaskId> =
            self.repeated.spins(ending).into_iter().map(|(task, _)| task).collect();
        found.extend(self.held.finish(ending, silent, &spins, cast));
        found.extend(self.forgotten.finish(&dead, cast));
        found.extend(self.repeated.finish(ending, cast));
        found.extend(self.failed.finish(ending, &unasked, &awaited, cast));
        found.extend(self.unseen.finish(ending, cast));
        found.extend(self.calls.finish(ending, cast));
        found.extend(self.pipes.finish(ending, cast));
        let explains = |finding: &Finding| {
            matches!(
                finding.kind,
                Kind::Deadlock
                    | Kind::NotDriven
                    | Kind::Stuck
                    | Kind::Missed
                    | Kind::Spins
                    | Kind::Uncancelled
                    | Kind::Unread
            )
        };
        let is_starved = *ending == Ending::Stuck && starve;
        if !ending.is_complete() && !held && !is_starved && !found.iter().any(explains) {
            found.push(self.stopped.finish(ending, silent, &self.run, cast));
        }
        found.sort_by_key(|finding| finding.kind);
        found
    }
}

/// What is wrong with a recorded run that ended so, `silent` for that long
/// before, of a program with this text.
pub fn findings(
    recording: &Recording,
    ending: &Ending,
    silent: Duration,
    text: &str,
    listing: Option<&Listing>,
) -> Vec<Finding> {
    let mut findings = Findings::new(&recording.header, text, listing);
    for event in &recording.events {
        findings.see(event);
    }
    findings.finish(ending, silent)
}

#[cfg(test)]
mod tests;
