//! A program, and what came of it on each column.

use std::fs;
use std::sync::OnceLock;

use anyhow::{Context, Result};
use recorder::orders::Orders;
use recorder::program::Program;
use recording::event::{Class, Recording, What};
use recording::listing::{is_one_of_several, needs_python};
use recording::session::Ending;

/// A program to be compared.
#[derive(Clone, Debug)]
pub struct Subject {
    /// It.
    pub program: Program,
    /// Its text.
    pub text: String,
    /// Whether it was made for this, and is none of the book's.
    pub is_own: bool,
}

impl Subject {
    /// Reads the program's text.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn read(program: Program, is_own: bool) -> Result<Self> {
        let text = fs::read_to_string(&program.path);
        let text = text.with_context(|| program.path.display().to_string())?;
        Ok(Subject { program, text, is_own })
    }

    /// The oldest Python that has what it uses.
    pub fn needs(&self) -> Option<(u32, u32)> {
        needs_python(&self.text)
    }
}

/// What came of a program.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The lines of standard output.
    pub output: Vec<String>,
    /// How it ended.
    pub ending: Ending,
    /// The last line of standard error of a program that failed.
    pub why: Option<String>,
    /// Its recording; none where it is run as it is, or does what is kept already.
    pub recording: Option<Recording>,
    /// Whether it is the same every time.
    pub is_exact: bool,
    /// In how many runs it was not always the same, which are not compared.
    pub several: Option<usize>,
}

impl Cell {
    /// Of a recorded run.
    pub fn recorded(recording: Recording, ending: Ending, stderr: &str) -> Self {
        let lines = recording.events.iter().filter_map(|event| event.what.stdout());
        let output = lines.map(str::to_owned).collect();
        let panic = recording.events.iter().rev().find_map(|event| match &event.what {
            What::Panic { text, .. } => Some(text.clone()),
            _ => None,
        });
        let why = why(&ending, stderr).or(panic.filter(|_| ending != Ending::Exit(0)));
        let is_exact = recording.header.class == Class::Exact;
        Cell { output, ending, why, recording: Some(recording), is_exact, several: None }
    }

    /// Of runs as it is.
    ///
    /// # Errors
    ///
    /// When there are none.
    pub fn plain(runs: &Orders) -> Result<Self> {
        let first = runs.outputs.first().context("it was not run")?;
        let several = (runs.outputs.len() > 1).then_some(runs.runs);
        let output = if several.is_some() { Vec::new() } else { first.lines.clone() };
        let why = why(&first.ending, &first.stderr);
        let ending = first.ending.clone();
        Ok(Cell { output, ending, why, recording: None, is_exact: false, several })
    }

    /// Lets go of the recording if it shows what that of `first` shows, which is the
    /// first cell of the same program that has one. A hundred programs on ten columns
    /// fill a small machine otherwise.
    pub fn keep_apart(&mut self, first: &OnceLock<Cell>) {
        let Some(recording) = self.recording.take() else { return };
        let is_kept = first.get().is_some_and(|first| self.agrees(first));
        if !is_kept {
            // The first has none itself. Another thread may have been faster: then
            // this one is kept besides.
            first.get_or_init(|| self.clone());
            self.recording = Some(recording);
        }
    }

    /// Whether the same came out.
    pub fn agrees(&self, other: &Cell) -> bool {
        (&self.output, &self.ending, self.several) == (&other.output, &other.ending, other.several)
    }
}

fn why(ending: &Ending, stderr: &str) -> Option<String> {
    let last = stderr.lines().rfind(|line| !line.trim().is_empty())?;
    (*ending != Ending::Exit(0)).then(|| last.trim().to_owned())
}

/// A program on all columns of its language.
#[derive(Debug)]
pub struct Row {
    /// The program.
    pub subject: Subject,
    /// By the column's number what came of it, or why it could not be run there.
    pub cells: Vec<(usize, Result<Cell, String>)>,
}

/// Columns on which the same came out.
pub struct Group<'a> {
    /// Their numbers.
    pub columns: Vec<usize>,
    /// What came out; a recorded one, where there is one.
    pub cell: &'a Cell,
    /// On which of them.
    pub shown: usize,
}

impl Row {
    /// A program that was not run yet.
    pub fn of(subject: Subject) -> Self {
        Row { subject, cells: Vec::new() }
    }

    /// Whether its output is one of several anyway, and tells nothing.
    pub fn is_by_chance(&self) -> bool {
        is_one_of_several(&self.subject.text)
    }

    /// The columns by what came out, in their order.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        let ran = self.cells.iter().filter_map(|(i, cell)| Some((*i, cell.as_ref().ok()?)));
        for (column, cell) in ran.filter(|_| !self.is_by_chance()) {
            match groups.iter_mut().find(|group| group.cell.agrees(cell)) {
                Some(group) => {
                    group.columns.push(column);
                    if group.cell.recording.is_none() && cell.recording.is_some() {
                        (group.cell, group.shown) = (cell, column);
                    }
                }
                None => groups.push(Group { columns: vec![column], cell, shown: column }),
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use pages::store::Stored;

    use super::*;

    fn cell(line: &str) -> Cell {
        let recorded = include_str!("../../../../src/recordings/v1.rust.js");
        Cell {
            output: vec![line.to_owned()],
            ending: Ending::Exit(0),
            why: None,
            recording: Some(Stored::from_js(recorded).unwrap().recording),
            is_exact: true,
            several: None,
        }
    }

    #[test]
    fn of_what_agrees_one_recording_is_kept() {
        let first = OnceLock::new();
        let mut cells = [cell("hello"), cell("hello"), cell("hallo")];
        for cell in &mut cells {
            cell.keep_apart(&first);
        }
        assert_eq!(cells.map(|it| it.recording.is_some()), [true, false, true]);
    }
}
