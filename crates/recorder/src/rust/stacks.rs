//! From call stacks to lines of the program, and to chains of awaits.

mod awaits;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use addr2line::Loader;
use anyhow::{Result, anyhow};

use super::files::Files;
use super::raw::StackId;
use crate::lent::{Lent, Pool};
use recording::event::Line;

/// What was read of an executable's debug information, for its next run: to read
/// it takes longer than a run does.
pub(super) type Known = Pool<Stacks>;

/// The stacks of a run, each as the lines of the program that it goes
/// through, the outermost first.
pub(super) struct Stacks {
    loader: Loader,
    files: Arc<Files>,
    base: u64,
    /// What is known of an address, counted from where the executable is loaded.
    known: HashMap<u64, Code>,
    stacks: HashMap<StackId, Stack>,
}

/// What is at an address.
struct Code {
    /// The program's lines, the outermost first.
    lines: Vec<Line>,
    /// A task's poll begins here: what is further out is not the task's.
    polls: bool,
}

#[derive(Default)]
struct Stack {
    lines: Vec<Line>,
    /// The addresses further in than any line of the program, the innermost first.
    within: Vec<u64>,
    /// All addresses since the task's poll, the outermost first.
    ips: Vec<u64>,
}

impl Stacks {
    /// For a run of `executable`, which is always the same.
    ///
    /// # Errors
    ///
    /// Those of [`Stacks::of`].
    pub fn lent(known: &Known, executable: &Path, files: &Arc<Files>) -> Result<Lent<Self>> {
        let mut lent = known.lend(|| Stacks::of(executable, files))?;
        lent.stacks.clear();
        Ok(lent)
    }

    /// Reads the debug information of `executable`.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn of(executable: &Path, files: &Arc<Files>) -> Result<Self> {
        let loader = Loader::new(executable).map_err(|error| {
            anyhow!("no debug information in {}: {error}", executable.display())
        })?;
        let (known, stacks) = (HashMap::new(), HashMap::new());
        Ok(Stacks { loader, files: Arc::clone(files), base: 0, known, stacks })
    }

    /// The address that the executable was loaded at.
    pub fn set_base(&mut self, base: u64) {
        self.base = base;
    }

    /// Takes the stack `id`, whose addresses are `ips`, the innermost first.
    pub fn add(&mut self, id: StackId, ips: &[u64]) {
        let (mut lines, mut since) = (Vec::new(), Vec::new());
        for ip in ips.iter().rev() {
            let Stacks { loader, files, base, known, .. } = self;
            let address = ip.wrapping_sub(*base);
            let at = known.entry(address).or_insert_with(|| {
                let mut lines = lines_at(loader, address, files);
                lines.reverse();
                Code { lines, polls: loader.find_symbol(address).is_some_and(polls) }
            });
            if at.polls {
                lines.clear();
                since.clear();
            }
            lines.extend_from_slice(&at.lines);
            since.push(*ip);
        }
        let is_own = |ip: &u64| {
            self.known.get(&ip.wrapping_sub(self.base)).is_some_and(|code| !code.lines.is_empty())
        };
        let within = ips.iter().copied().take_while(|ip| !is_own(ip)).collect();
        self.stacks.insert(id, Stack { lines, within, ips: since });
    }

    /// The line where the program stands.
    pub fn line(&self, id: StackId) -> Option<Line> {
        self.stacks.get(&id)?.lines.last().copied()
    }

    /// The functions that the program's innermost line has called, the
    /// innermost first.
    pub fn within(&self, id: StackId) -> Vec<String> {
        let Some(stack) = self.stacks.get(&id) else { return Vec::new() };
        let name = |ip: &u64| {
            let symbol = self.loader.find_symbol(ip.wrapping_sub(self.base))?;
            Some(addr2line::demangle_auto(symbol.into(), None).into_owned())
        };
        stack.within.iter().filter_map(name).collect()
    }

    /// The innermost line that all of `ids` go through.
    pub fn common(&self, ids: impl Iterator<Item = StackId>) -> Option<Line> {
        let mut common: Option<&[Line]> = None;
        for id in ids {
            let lines = self.stacks.get(&id)?.lines.as_slice();
            let old = common.unwrap_or(lines);
            let same = old.iter().zip(lines).take_while(|(a, b)| a == b).count();
            common = Some(&old[..same]);
        }
        common?.last().copied()
    }
}

/// Whether that is the symbol of the stand-in's `Recorded::poll`.
fn polls(symbol: &str) -> bool {
    ["rec_tokio", "Recorded", "poll"].iter().all(|part| symbol.contains(part))
        && !symbol.contains("closure")
}

/// The lines of the program that the code at `address` belongs to, the innermost
/// first: several where functions were inlined.
fn lines_at(loader: &Loader, address: u64, files: &Files) -> Vec<Line> {
    let mut lines = Vec::new();
    // An address without debug information is no line of the program's.
    let Ok(mut frames) = loader.find_frames(address) else { return lines };
    while let Ok(Some(frame)) = frames.next() {
        if let Some(location) = frame.location
            && let (Some(file), Some(line)) = (location.file, location.line)
            && line > 0
            && let Some(line) = files.line(file, line)
        {
            lines.push(line);
        }
    }
    lines
}
