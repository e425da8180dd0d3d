//! What has to be known of a run before its first event can be told: the
//! names of all tasks, whether there are any, how it ended.

use std::collections::HashMap;
use std::io::BufRead;

use anyhow::Result;

use super::raw::{Raw, RawWhat};
use super::source::{Source, Spawned};
use crate::event::Class;
use crate::session::Ending;

/// A run, seen from above.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The tasks, by number.
    pub tasks: Vec<Spawned>,
    /// What views call the tasks: names that several share, numbered.
    pub shown: Vec<String>,
    /// The program built a multi-threaded runtime.
    pub multi_thread: bool,
    /// The program asked for a runtime of one thread and got several.
    pub current_thread: bool,
    /// Why it cannot run on virtual time.
    pub outside: Option<(String, Class)>,
    /// How it ended, where only the records tell.
    pub ending: Option<Ending>,
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
            // Most records are none of these, and parsing costs most.
            let tag = tag(&line);
            if [&b"spawn"[..], b"note", b"stuck", b"outside", b"flood"].contains(&tag) {
                survey.take(serde_json::from_slice::<Raw>(&line)?, source);
            }
            line.clear();
        }
        survey.shown = numbered(&survey.tasks);
        Ok(survey)
    }

    fn take(&mut self, raw: Raw, source: &Source) {
        match raw.what {
            RawWhat::Spawn { kind, file, line, col, .. } => {
                self.tasks.push(source.spawned(kind, &file, line, col));
            }
            RawWhat::Note { note } => match note.as_str() {
                "multi_thread" => self.multi_thread = true,
                "current_thread" => self.current_thread = true,
                _ => {}
            },
            RawWhat::Stuck => self.ending = Some(Ending::Stuck),
            RawWhat::Outside { why, class } => self.outside = Some((why, class)),
            RawWhat::Flood => self.ending = Some(Ending::Flooded),
            _ => {}
        }
    }
}

/// `spawn`, out of `{"t":0,"e":"spawn",…`.
fn tag(line: &[u8]) -> &[u8] {
    line.splitn(7, |byte| *byte == b'"').nth(5).unwrap_or_default()
}

fn numbered(tasks: &[Spawned]) -> Vec<String> {
    let mut all: HashMap<&str, usize> = HashMap::new();
    for task in tasks {
        *all.entry(&task.name).or_default() += 1;
    }
    let mut before: HashMap<&str, usize> = HashMap::new();
    let shown = tasks.iter().map(|task| {
        let number = before.entry(&task.name).or_default();
        *number += 1;
        if all[task.name.as_str()] == 1 {
            task.name.clone()
        } else {
            format!("{} #{number}", task.name)
        }
    });
    shown.collect()
}
