//! What has to be known of a run before its first event can be told: the
//! names of all tasks, whether there are any, how it ended.

use std::collections::HashMap;
use std::io::BufRead;

use anyhow::Result;

use super::raw::{Kind, Raw, RawWhat};
use super::source::{Source, Spawned};
use recording::event::Class;
use recording::names::Names;
use recording::session::Ending;

/// The records that one of is the last of a process that ends by itself.
const ENDS: [&[u8]; 7] =
    [b"exit", b"exits", b"becomes", b"stuck", b"outside", b"workers", b"flood"];

/// A run, seen from above.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The calls that spawn, each once.
    places: Vec<Spawned>,
    /// Where `places` has a call, by its kind, file, line and column.
    known: HashMap<(Kind, String, usize, usize), usize>,
    /// The place of each task, by its number.
    tasks: Vec<usize>,
    /// The program built a multi-threaded runtime.
    pub multi_thread: bool,
    /// The program asked for a runtime of one thread and got several.
    pub current_thread: bool,
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
    /// What the file is to be read up to: a killed process may leave half a record.
    pub records: usize,
}

impl Survey {
    /// Reads all raw records.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn of(mut lines: impl BufRead, source: &Source) -> Result<Self> {
        let mut survey = Survey::default();
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
            survey.records += 1;
            let tag = tag(&line);
            survey.has_start |= tag == b"start";
            survey.becomes |= tag == b"becomes";
            survey.has_end |= ENDS.contains(&tag);
            // Most records are none of these, and parsing costs most.
            if [&b"spawn"[..], b"note", b"stuck", b"outside", b"workers", b"flood"].contains(&tag) {
                survey.take(serde_json::from_slice::<Raw>(&line)?, source);
            }
            line.clear();
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
            RawWhat::Spawn { kind, file, line, col, .. } => {
                let Survey { places, known, .. } = self;
                let place = *known.entry((kind, file, line, col)).or_insert_with_key(|key| {
                    places.push(source.spawned(kind, &key.1, line, col));
                    places.len() - 1
                });
                self.tasks.push(place);
            }
            RawWhat::Note { note } => match note.as_str() {
                "multi_thread" => self.multi_thread = true,
                "current_thread" => self.current_thread = true,
                _ => {}
            },
            RawWhat::Stuck {} => self.ending = Some(Ending::Stuck),
            RawWhat::Outside { why, class } => self.outside = Some((why, class)),
            RawWhat::Workers { why } => self.workers = Some(why),
            RawWhat::Flood {} => self.ending = Some(Ending::Flooded),
            _ => {}
        }
    }
}

/// `spawn`, out of `{"t":0,"e":"spawn",…`.
fn tag(line: &[u8]) -> &[u8] {
    line.splitn(7, |byte| *byte == b'"').nth(5).unwrap_or_default()
}
