//! What has to be known of a run before its first event can be told: the
//! names of all tasks, whether there are any, how it ended.

use std::collections::HashMap;

use anyhow::Result;

use super::raw::{Raw, RawWhat, Tag};
use super::records::Records;
use super::source::{Call, Source, Spawned};
use recording::event::Class;
use recording::names::Names;
use recording::session::{Choice, Ending};

/// A run, seen from above.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The calls that spawn, each once.
    places: Vec<Spawned>,
    /// Where `places` has a call.
    known: HashMap<Call, usize>,
    /// The place of each task, by its number.
    tasks: Vec<usize>,
    /// The program built a multi-threaded runtime.
    pub multi_thread: bool,
    /// The program asked for a runtime of one thread and got several.
    pub current_thread: bool,
    /// Somebody was ready while another one ran, where its order is chosen.
    pub overlap: bool,
    /// A task polled its branches so often in one poll that not all is recorded.
    pub branches: bool,
    /// Why it cannot run on virtual time.
    pub outside: Option<(String, Class)>,
    /// Why it cannot run on one thread.
    pub workers: Option<String>,
    /// How it ended, where only the records tell.
    pub ending: Option<Ending>,
    /// Its first record is there.
    has_start: bool,
    /// A record is there that says why nothing more need follow.
    has_end: bool,
    /// Another program took its place, if that could be started.
    pub becomes: bool,
    /// The choices that it came to, where its order is chosen.
    pub choices: Vec<Choice>,
}

impl Survey {
    /// Reads all raw records.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn of(mut records: Records, source: &Source) -> Result<Self> {
        let mut survey = Survey::default();
        while let Some(raw) = records.next(tells)? {
            survey.take(raw, source);
        }
        Ok(survey)
    }

    /// Whether the records of a process that ended by itself are all there, as far
    /// as the first and the last can tell: none is written where one is lost.
    pub fn is_whole(&self) -> bool {
        self.has_start && self.has_end
    }

    /// Whether there are no tasks at all.
    pub fn is_plain(&self) -> bool {
        self.tasks.is_empty()
    }

    /// What is known of a task from where it was spawned.
    pub fn task(&self, task: u32) -> &Spawned {
        &self.places[self.tasks[task as usize]]
    }

    /// The names of all tasks.
    pub fn names(&self) -> Names {
        Names::new(self.tasks.iter().map(|place| self.places[*place].name.as_str()))
    }

    fn take(&mut self, raw: Raw, source: &Source) {
        match raw.what {
            RawWhat::Spawn { kind, file, line, col, of, named, .. } => {
                let Survey { places, known, .. } = self;
                let call = Call { kind, file, line, col, of, named };
                let place = *known.entry(call).or_insert_with_key(|call| {
                    places.push(source.spawned(call));
                    places.len() - 1
                });
                self.tasks.push(place);
            }
            RawWhat::Note { note } => match note.as_str() {
                "multi_thread" => self.multi_thread = true,
                "current_thread" => self.current_thread = true,
                "overlap" => self.overlap = true,
                "branches" => self.branches = true,
                _ => {}
            },
            RawWhat::Choice { of, took } => self.choices.push(Choice { of, took }),
            RawWhat::Start { .. } => self.has_start = true,
            RawWhat::Stuck {} => self.ends(Some(Ending::Stuck)),
            RawWhat::Flood {} => self.ends(Some(Ending::Flooded)),
            RawWhat::Exit {} | RawWhat::Exits { .. } => self.ends(None),
            RawWhat::Outside { why, class } => {
                self.outside = Some((why, class));
                self.ends(None);
            }
            RawWhat::Workers { why } => {
                self.workers = Some(why);
                self.ends(None);
            }
            RawWhat::Becomes {} => {
                self.becomes = true;
                self.ends(None);
            }
            _ => {}
        }
    }

    /// A record that is the last of a process that ends by itself.
    fn ends(&mut self, ending: Option<Ending>) {
        self.has_end = true;
        if ending.is_some() {
            self.ending = ending;
        }
    }
}

/// Whether a survey has to know of such a record.
fn tells(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        Start | Note | Choice | Spawn | Stuck | Flood | Exit | Exits | Outside | Workers | Becomes
    )
}
