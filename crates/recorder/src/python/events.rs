//! The file of a script's events: `python/context_switch/events.py` says what is
//! in it.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::wire;
use recording::event::{By, Event, Line, Source, TaskId, What};
use recording::names::Names;
use recording::on::On;

/// The first bytes of the records.
const END: u8 = 0;
const POLL: u8 = 1;
const PENDING: u8 = 2;
const WAKE: u8 = 3;
const EVENT: u8 = b'{';
const ON: u8 = b'[';

/// The events, read one by one.
pub(super) struct Events {
    bytes: BufReader<File>,
    /// The time of the last, in microseconds.
    t: u64,
    /// What tasks wait for, by number.
    on: Vec<Vec<On>>,
    line: Vec<u8>,
}

impl Events {
    /// The events in the file at `path`; none where there is no file.
    pub fn open(path: &Path) -> Result<Self> {
        let mut file = File::options().read(true).append(true).create(true).open(path)?;
        std::io::copy(&mut Read::by_ref(&mut file).take(wire::HEAD as u64), &mut std::io::sink())?;
        let bytes = BufReader::with_capacity(1 << 16, file);
        Ok(Events { bytes, t: 0, on: Vec::new(), line: Vec::new() })
    }

    /// The names of the tasks in the file at `path`.
    pub fn names(path: &Path) -> Result<Names> {
        let mut events = Events::open(path)?;
        let mut names = Vec::new();
        while let Some(kind) = events.kind()? {
            match kind {
                POLL => drop(events.array::<8>()?),
                PENDING | WAKE => drop(events.array::<10>()?),
                _ => {
                    events.rest(kind)?;
                    // Most lines are of others, and parsing costs most.
                    let is_spawn = events.line.windows(7).any(|some| some == b"\"spawn\"");
                    if kind == EVENT
                        && is_spawn
                        && let What::Spawn { name, .. } = events.event()?.what
                    {
                        names.push(name);
                    }
                }
            }
        }
        Ok(Names::new(names))
    }

    /// The first byte of the next record, if there is one.
    fn kind(&mut self) -> Result<Option<u8>> {
        let first = self.bytes.fill_buf()?.first().copied();
        self.bytes.consume(1);
        Ok(first.filter(|kind| *kind != END))
    }

    /// So many bytes.
    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.bytes.read_exact(&mut bytes).context("the recorder's file ends within a record")?;
        Ok(bytes)
    }

    /// The rest of the line that begins with `first`.
    fn rest(&mut self, first: u8) -> Result<()> {
        self.line.clear();
        self.line.push(first);
        self.bytes.read_until(b'\n', &mut self.line)?;
        Ok(())
    }

    fn event(&self) -> Result<Event> {
        Event::read(&self.line).with_context(|| {
            format!("the recorder wrote no event: {}", String::from_utf8_lossy(&self.line))
        })
    }

    /// The next event, if there is one.
    fn read(&mut self) -> Result<Option<Event>> {
        while let Some(kind) = self.kind()? {
            let (since, what) = match kind {
                POLL => {
                    let [a, b, task @ .., c, d] = self.array::<8>()?;
                    let (task, line) = (TaskId::from_ne_bytes(task), line([c, d]));
                    ([a, b], What::Poll { task, line, inside: None })
                }
                PENDING => {
                    let [a, b, e, f, g, h, on_1, on_2, c, d] = self.array::<10>()?;
                    let task = TaskId::from_ne_bytes([e, f, g, h]);
                    let on = self.on(u16::from_ne_bytes([on_1, on_2]))?;
                    ([a, b], What::Pending { task, on, line: line([c, d]), awaits: Vec::new() })
                }
                WAKE => {
                    let [a, b, e, f, g, h, by @ ..] = self.array::<10>()?;
                    let task = TaskId::from_ne_bytes([e, f, g, h]);
                    ([a, b], What::Wake { task, by: waker(i32::from_ne_bytes(by))? })
                }
                ON => {
                    self.rest(kind)?;
                    self.on.push(On::read(&self.line)?);
                    continue;
                }
                _ => {
                    self.rest(kind)?;
                    let event = self.event()?;
                    self.t = event.t;
                    return Ok(Some(event));
                }
            };
            self.t += u64::from(u16::from_ne_bytes(since));
            return Ok(Some(Event { t: self.t, worker: None, what }));
        }
        Ok(None)
    }

    /// What has the number; 0 is what is not known.
    fn on(&self, number: u16) -> Result<Option<Vec<On>>> {
        let Some(at) = usize::from(number).checked_sub(1) else { return Ok(None) };
        let on = self.on.get(at).with_context(|| format!("nothing has the number {number}"))?;
        Ok(Some(on.clone()))
    }
}

/// A line; 0 is none.
fn line(bytes: [u8; 2]) -> Option<Line> {
    let number = u32::from(u16::from_ne_bytes(bytes));
    (number > 0).then(|| number.into())
}

/// Who wakes a task.
fn waker(by: i32) -> Result<By> {
    Ok(match (by, TaskId::try_from(by)) {
        (_, Ok(task)) => By::Task(task),
        (-1, _) => By::Source(Source::Timer),
        (-2, _) => By::Source(Source::Io),
        (-3, _) => By::Source(Source::Runtime),
        _ => bail!("nobody has the number {by}"),
    })
}

impl Iterator for Events {
    type Item = Result<Event>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}
