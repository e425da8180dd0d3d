//! One recorded run of a program: how it ended, and what happened.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use crate::event::{Event, Header, Recording};
use crate::names::Names;
use crate::words::{count, duration, nanoseconds};

/// How a recorded program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By itself, with this exit status (0 is success).
    Exit(i32),
    /// By a signal that it was sent, or brought upon itself.
    Signal(i32),
    /// It waits for something that nothing is left to bring about.
    Stuck,
    /// It ran longer than it was allowed to and was stopped.
    TimedOut,
    /// Whoever ran it had it stopped.
    Interrupted,
    /// It wrote more events than a recording may have and was stopped.
    Flooded,
}

impl Ending {
    /// How it ended, as what follows on `it` or on `the program`; `limit` is how
    /// long it was allowed to run, where that is known.
    ///
    /// ```
    /// # use recording::session::Ending;
    /// assert_eq!(Ending::Exit(3).words(None), "ended with status 3");
    /// ```
    pub fn words(&self, limit: Option<Duration>) -> String {
        let (brief, why) = self.brief(limit);
        Ended::new(&brief, why).says
    }

    /// The same of one that did not end well, as a sentence.
    pub fn ended(&self, limit: Option<Duration>) -> Option<Ended> {
        let (brief, why) = self.brief(limit);
        (*self != Ending::Exit(0)).then(|| Ended::new(&format!("it {brief}"), why))
    }

    /// How it ended, and why, where there is more to say of that.
    fn brief(&self, limit: Option<Duration>) -> (String, Option<&'static str>) {
        let brief = match self {
            Ending::Exit(0) => "ended well".to_owned(),
            Ending::Exit(status) => format!("ended with status {status}"),
            Ending::Signal(signal) => format!("was ended by signal {signal}"),
            Ending::Stuck => return ("is stuck".to_owned(), Some("nobody can go on")),
            Ending::TimedOut => match limit {
                Some(limit) => {
                    format!("was stopped after {}", nanoseconds(limit.as_nanos()))
                }
                None => "took too long and was stopped".to_owned(),
            },
            Ending::Interrupted => "was stopped by Ctrl-C".to_owned(),
            Ending::Flooded => {
                let why = "it has more events than a recording may have";
                return ("was stopped".to_owned(), Some(why));
            }
        };
        (brief, None)
    }

    /// Whether the recording goes up to the program's own end.
    pub fn is_complete(&self) -> bool {
        matches!(self, Ending::Exit(_))
    }
}

/// How a program ended, if not well, in words.
///
/// ```
/// # use recording::session::Ending;
/// let ended = Ending::Stuck.ended(None).unwrap();
/// assert_eq!(ended.brief, "it is stuck");
/// assert_eq!(ended.says, "it is stuck: nobody can go on");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ended {
    /// Where there is little room.
    pub brief: String,
    /// With what there is to say of it besides.
    pub says: String,
}

impl Ended {
    /// `brief`, and why, if that is to be said.
    pub fn new(brief: &str, why: Option<&str>) -> Self {
        let why = why.map(|why| format!(": {why}")).unwrap_or_default();
        Ended { brief: brief.to_owned(), says: format!("{brief}{why}") }
    }
}

/// A moment of a run at which it could go on in several ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Choice {
    /// How many ways there were.
    pub of: usize,
    /// The one that it took, from 0; 0 is first come, first served.
    pub took: usize,
}

/// A run that is over, and its events, not yet read.
pub struct Session {
    /// The first line of the recording.
    pub header: Header,
    /// What its tasks are called.
    pub names: Names,
    /// How the program ended.
    pub ending: Ending,
    /// How long before its end it had the last thing to tell, on the machine's clock.
    pub silent: Duration,
    /// What it wrote besides its recorded prints: messages of the interpreter,
    /// say, for whoever has to find out why it failed.
    pub stderr: String,
    /// The choices that it came to, where its order was chosen.
    pub choices: Vec<Choice>,
    /// Whether somebody was ready while another one ran, where its order was chosen:
    /// then the two could overlap on a machine.
    pub overlap: bool,
    /// The events, streamed: a run of a million needs no more memory than one of ten.
    pub events: Box<dyn Iterator<Item = Result<Event>>>,
}

/// How far a run came, known as soon as its events have been read.
#[derive(Clone, Debug, Default)]
pub struct Far(Rc<Cell<(usize, u64)>>);

impl Far {
    /// `12 events, the last at 2.5 s`.
    pub fn words(&self) -> String {
        match self.0.get() {
            (0, _) => "nothing had happened yet".to_owned(),
            (events, last) => format!("{}, the last at {}", count(events, "event"), duration(last)),
        }
    }
}

impl Session {
    /// The same, and how far it came.
    pub fn measured(self) -> (Self, Far) {
        let far = Far::default();
        let seen = far.clone();
        let events = self.events.inspect(move |event| {
            if let Ok(event) = event {
                seen.0.set((seen.0.get().0 + 1, event.t));
            }
        });
        (Session { events: Box::new(events), ..self }, far)
    }

    /// Reads all events into memory.
    ///
    /// # Errors
    ///
    /// The first event that could not be read.
    pub fn into_recording(self) -> Result<Recording> {
        let Session { header, events, .. } = self;
        Ok(Recording { header, events: events.collect::<Result<_>>()? })
    }
}
